package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.Tensor;
import io.hone.plugins.optimization.cw.CarliniWagnerLinf.Params;
import org.junit.jupiter.api.Test;

/** What a search does with images that it is shown, whatever it asked for. */
class LinfSearchTest {
  private static final float[] CLEAN = {0.5f, 0.5f};

  private final Tensor result = Tensor.of(CLEAN.clone(), 1, 1, 1, 2);
  private final LinfSearch search =
      new LinfSearch(new Params(100, 0.005f, 1e-5, 20, 2, 0.9), CLEAN, new Finding(result, 0));

  @Test
  void pullsBackOnlyWhatExceedsTau() {
    // tau becomes 0.9 * 0.2 = 0.18
    assertThat(search.observe(shown(true, 0.7f, 0.7f))).isTrue();
    assertThat(asked()).containsExactly(new float[] {0.7f, 0.7f}, within(1e-5f));
    assertThat(search.observe(shown(false, 0.67f, 0.69f))).isTrue();
    float[] moved = asked();
    assertThat(moved[0]).isCloseTo(0.7f, within(1e-5f));
    assertThat(moved[1]).isLessThan(0.699f);
  }

  @Test
  void keepsTheExampleWithTheSmallestLargestChange() {
    search.observe(shown(true, 0.7f, 0.5f));
    search.observe(shown(true, 0.5f, 0.69f));
    assertThat(result.row(0)).containsExactly(0.5f, 0.69f);
    search.observe(shown(true, 0.8f, 0.5f));
    search.observe(shown(false, 0.5f, 0.6f));
    assertThat(result.row(0)).containsExactly(0.5f, 0.69f);
  }

  @Test
  void lowersTauOnlyByExamplesWithinIt() {
    search.observe(shown(true, 0.7f, 0.5f));
    // 0.19 is an example, but beyond the tau of 0.18: what is below that is not pulled back
    search.observe(shown(true, 0.69f, 0.5f));
    float[] before = asked();
    search.observe(shown(false, 0.5f, 0.675f));
    assertThat(asked()[1]).isEqualTo(before[1]);
    // within it, and tau becomes 0.09
    search.observe(shown(true, 0.6f, 0.5f));
    before = asked();
    search.observe(shown(false, 0.5f, 0.675f));
    assertThat(asked()[1]).isLessThan(before[1]);
  }

  @Test
  void endsWhereChangesWouldVanishInGreyValues() {
    assertThat(search.observe(shown(true, 0.5f + 1 / 200f, 0.5f))).isTrue();
    assertThat(search.observe(shown(true, 0.5f + 1 / 250f, 0.5f))).isFalse();
  }

  private float[] asked() {
    float[] image = new float[CLEAN.length];
    search.writeImage(image);
    return image;
  }

  /** Returns an evaluation without a slope, so that nothing moves but by the penalty. */
  private static VictimAnswer shown(boolean succeeds, float... pixels) {
    VictimAnswer evaluation = new VictimAnswer(pixels.length, 2, true);
    System.arraycopy(pixels, 0, evaluation.image(), 0, pixels.length);
    evaluation.standing().logits()[0] = succeeds ? 0 : 1;
    evaluation.standing().logits()[1] = succeeds ? 1 : 0;
    evaluation.standing().read(1);
    evaluation.succeeds(succeeds);
    return evaluation;
  }
}
