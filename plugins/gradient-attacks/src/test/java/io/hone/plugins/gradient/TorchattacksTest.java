package io.hone.plugins.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Attacks against torchattacks', whose examples {@code src/test/peers/record_torchattacks.py}
 * recorded.
 */
class TorchattacksTest {
  @Test
  void momentumMakesTheSameImages() {
    List<Example> theirs = recorded("mi-fgsm");
    MomentumIterative.Params parameters =
        new MomentumIterative.Params(new StepBudget(0.1f, 0.1, 10, Norm.LINF), 1, false);
    List<Example> ours =
        Example.made(
            Digits.untargeted(Example.images(theirs)),
            Example.attack(new MomentumIterative(), parameters));
    // a gradient that rounds to another sign makes another image, on few images and processors
    assertThat(Example.same(ours, theirs)).isGreaterThanOrEqualTo(theirs.size() - 3);
    assertThat(Example.alike(ours, theirs)).isGreaterThanOrEqualTo(theirs.size() - 1);
  }

  @Test
  void saliencyMapsLeadToTheSameImages() {
    List<Example> theirs = recorded("jsma");
    Batch clean = saturated(Digits.towardNextClass(Example.images(theirs)));
    JacobianSaliencyMap.Params parameters = new JacobianSaliencyMap.Params(1, 0.25f);
    List<Example> ours = Example.made(clean, Example.attack(new JacobianSaliencyMap(), parameters));
    long reached = Example.successes(clean, theirs);
    assertThat(reached).isGreaterThan(30);
    assertThat(Example.successes(clean, ours)).isGreaterThanOrEqualTo(reached);
    // saliencies that differ in their last digits may put another pair first
    assertThat(Example.same(ours, theirs)).isGreaterThanOrEqualTo(reached - 2);
  }

  /** Makes white what torchattacks takes for white. */
  private static Batch saturated(Batch digits) {
    Tensor pixels = digits.pixels().copy();
    for (int row = 0; row < digits.size(); row++) {
      float[] image = pixels.row(row);
      for (int feature = 0; feature < image.length; feature++) {
        image[feature] = image[feature] < 0.99f ? image[feature] : 1;
      }
      pixels.setRow(row, image);
    }
    int[] labels = IntStream.range(0, digits.size()).map(digits::label).toArray();
    return new Batch(digits.images().with(pixels), labels, digits.goalClasses());
  }

  private static List<Example> recorded(String attack) {
    return Example.recorded("torchattacks.csv", attack);
  }
}
