package io.hone.onnx.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.support.Networks;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Models whose bytes were changed at random end in one of the library's own errors, or work. */
class OddModelTest {
  private static final int CHANGES = 1500;

  @Test
  void endsInAnErrorOfItsOwn() {
    List<OnnxModel> networks =
        List.of(Networks.lenet("MaxPool"), Networks.residual(), Networks.inception());
    Random random = new Random(12);
    int refused = 0;
    for (int i = 0; i < CHANGES; i++) {
      byte[] bytes = networks.get(i % 3).toBytes();
      // The structure is at the front; weights follow.
      int reach = i % 2 == 0 ? bytes.length : Math.min(bytes.length, 2500);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        bytes[random.nextInt(reach)] = (byte) random.nextInt();
      }
      try {
        OnnxModel odd = OnnxModel.parse(bytes, "odd.onnx");
        GradientGraph.of(odd).build();
        Coverage.of(odd, odd.inputs().get(0).name(), odd.outputs().get(0).name());
      } catch (OnnxFormatException | OpsetException | UncoveredOperatorException e) {
        assertThat(e).hasMessageStartingWith("odd.onnx: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(CHANGES / 10, CHANGES);
  }
}
