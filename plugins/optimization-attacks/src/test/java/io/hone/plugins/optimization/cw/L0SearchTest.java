package io.hone.plugins.optimization.cw;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Tensor;
import io.hone.plugins.optimization.cw.CarliniWagnerL0.Params;
import io.hone.plugins.optimization.cw.CarliniWagnerL0.Unit;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search fixes, shown examples of the images that it asked for. */
class L0SearchTest {
  private static final int FEATURES = 12;

  private final SplittableRandom random = new SplittableRandom(5);
  private final float[] clean = floats(0.1, 0.9);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyExampleFixesMorePlacesForGood(int channels) {
    AllowedSet allowed = new AllowedSet(FEATURES, channels);
    Finding finding = new Finding(Tensor.of(clean.clone(), 1, 3, 2, 2), 0);
    Params parameters = new Params(5, 0.1f, 0.1, 1e9, 2, Unit.PIXEL);
    L0Search search = new L0Search(parameters, clean, allowed, finding);
    VictimAnswer evaluation = new VictimAnswer(FEATURES, 2, true);
    BitSet fixed = new BitSet();
    boolean more = true;
    for (int turn = 0; more; turn++) {
      search.writeImage(evaluation.image());
      fixed.stream()
          .forEach(feature -> assertThat(evaluation.image()[feature]).isEqualTo(clean[feature]));
      boolean succeeds = turn % 4 == 3;
      answer(evaluation, succeeds);
      more = search.observe(evaluation);

      BitSet now = fixed(allowed);
      assertThat(now.cardinality() > fixed.cardinality()).isEqualTo(succeeds);
      fixed.andNot(now);
      assertThat(fixed.isEmpty()).as("nothing was let go").isTrue();
      fixed = now;
    }
    assertThat(fixed.cardinality()).isEqualTo(FEATURES);
  }

  private void answer(VictimAnswer evaluation, boolean succeeds) {
    System.arraycopy(floats(-1, 1), 0, evaluation.slope(), 0, FEATURES);
    evaluation.standing().logits()[0] = succeeds ? 0 : 1;
    evaluation.standing().logits()[1] = succeeds ? 1 : 0;
    evaluation.standing().read(1);
    evaluation.succeeds(succeeds);
  }

  /** Looks which slopes the set stops. */
  private static BitSet fixed(AllowedSet allowed) {
    float[] slopes = new float[FEATURES];
    Arrays.fill(slopes, 1);
    allowed.mask(slopes);
    BitSet fixed = new BitSet();
    for (int feature = 0; feature < FEATURES; feature++) {
      fixed.set(feature, slopes[feature] == 0);
    }
    return fixed;
  }

  private float[] floats(double low, double high) {
    float[] values = new float[FEATURES];
    for (int feature = 0; feature < FEATURES; feature++) {
      values[feature] = (float) random.nextDouble(low, high);
    }
    return values;
  }
}
