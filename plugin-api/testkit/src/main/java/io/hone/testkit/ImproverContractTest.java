package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.attack.Access;
import io.hone.api.attack.Victim;
import io.hone.api.data.Batch;
import io.hone.api.improve.Improver;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every {@link Improver} promises, run on tiny adversarial examples against tiny models, some
 * of them hostile.
 *
 * <p>An improver that knows one kind of goal only, needs images of another shape or models of its
 * own overrides {@link #supports}, {@link #shape} or {@link #run}.
 */
public abstract class ImproverContractTest<P extends Record> extends BatchContractTest<P> {
  private final Improver<P> improver;

  /** Creates the test of an improver. */
  protected ImproverContractTest(Improver<P> improver) {
    super(improver, Improver.class);
    this.improver = improver;
  }

  @ParameterizedTest(name = "{0} queries")
  @ValueSource(longs = {0, 1, 2, 3, 20, Long.MAX_VALUE})
  void keepsTheLabelAndMovesNoExampleAway(long budget) {
    for (boolean targeted : goals()) {
      TestRun run = run(1);
      Batch clean = samples().clean(targeted);
      Tensor received = received(targeted);
      Tensor improved = received.copy();
      apply(victim(budget, run), clean, improved, run);

      assertThat(samples().classifier().predict(clean.images().with(improved)))
          .isEqualTo(samples().classifier().predict(clean.images().with(received)));
      for (int row = 0; row < clean.size(); row++) {
        Distances before = Distances.between(clean.pixels().row(row), received.row(row));
        Distances after = Distances.between(clean.pixels().row(row), improved.row(row));
        assertThat(after.l0()).isLessThanOrEqualTo(before.l0());
        assertThat(after.l1()).isLessThanOrEqualTo(before.l1());
        assertThat(after.l2()).isLessThanOrEqualTo(before.l2());
        assertThat(after.linf()).isLessThanOrEqualTo(before.linf());
      }
    }
  }

  /** How far two images lie apart, in double; {@code l0} counts features whose floats differ. */
  private record Distances(int l0, double l1, double l2, double linf) {
    static Distances between(float[] first, float[] second) {
      int count = 0;
      double sum = 0;
      double squares = 0;
      double largest = 0;
      for (int feature = 0; feature < first.length; feature++) {
        double difference = Math.abs((double) first[feature] - second[feature]);
        count += difference > 0 ? 1 : 0;
        sum += difference;
        squares += difference * difference;
        largest = Math.max(largest, difference);
      }
      return new Distances(count, sum, Math.sqrt(squares), largest);
    }
  }

  @Override
  final Access access(P parameters) {
    return improver.access(parameters);
  }

  @Override
  final void prepare(P parameters, Setting setting, Run run) {
    improver.prepare(parameters, setting, run);
  }

  @Override
  final void apply(P parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    improver.improve(parameters, victim, clean, adversarial, run);
  }

  @Override
  final Tensor received(boolean targeted) {
    return samples().adversarial(targeted);
  }
}
