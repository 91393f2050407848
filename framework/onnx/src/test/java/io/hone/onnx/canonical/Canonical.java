package io.hone.onnx.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import java.util.Map;
import org.assertj.core.data.Offset;

/** Compares models with their canonical form, in ONNX Runtime. */
final class Canonical {
  private Canonical() {}

  static OnnxModel read(ModelProto.Builder model) {
    return OnnxModel.of(model.build(), "given.onnx");
  }

  /** Returns the canonical form once it is sure that it computes the same and is a fixed point. */
  static CanonicalModel same(ModelProto.Builder given, Array image) {
    OnnxModel model = read(given);
    CanonicalModel canonical = CanonicalForm.of(model);
    assertThat(canonical.model().inputs()).isEqualTo(model.inputs());
    assertThat(canonical.model().outputs()).isEqualTo(model.outputs());
    assertClose(run(canonical.model(), image), run(model, image), 1e-6f);
    assertSettled(canonical);
    return canonical;
  }

  static void assertSettled(CanonicalModel canonical) {
    CanonicalModel again = CanonicalForm.of(canonical.model());
    assertThat(again.model()).isSameAs(canonical.model());
    assertThat(again.notes()).isEmpty();
  }

  static Map<String, Array> run(OnnxModel model, Array image) {
    try (Evaluator evaluator = new Evaluator(model)) {
      return evaluator.run(Map.of(model.inputs().get(0).name(), image));
    }
  }

  static void assertClose(Map<String, Array> actual, Map<String, Array> expected, float tolerance) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, array) -> {
          assertThat(actual.get(name).shape()).as("shape of %s", name).isEqualTo(array.shape());
          float[] content = actual.get(name).content();
          for (int i = 0; i < content.length; i++) {
            float wanted = array.content()[i];
            assertThat(content[i])
                .as("%s[%s]", name, i)
                .isCloseTo(wanted, Offset.offset(tolerance * Math.max(1, Math.abs(wanted))));
          }
        });
  }
}
