package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.run.RunCancelledException;
import io.hone.engine.context.Cancellation;
import io.hone.engine.journal.SampleRange;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UnitPoolTest {
  private static final List<SampleRange> UNITS =
      List.of(new SampleRange(0, 1), new SampleRange(1, 1));

  /** What the units use is closed as soon as the pool returns. */
  @Test
  void anInterruptedRunStillWaitsForUnitsUnderWay() {
    Cancellation cancellation = new Cancellation();
    AtomicInteger atWork = new AtomicInteger();
    Thread caller = Thread.currentThread();
    UnitPool pool = new UnitPool(UNITS.size(), cancellation);

    assertThatThrownBy(
            () ->
                pool.run(
                    UNITS,
                    unit ->
                        () -> {
                          atWork.incrementAndGet();
                          caller.interrupt();
                          while (!cancellation.cancelled()) {
                            Thread.onSpinWait();
                          }
                          lingers();
                          return atWork.decrementAndGet();
                        }))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(RunCancelledException.class);

    assertThat(Thread.interrupted()).as("the interruption is handed on").isTrue();
    assertThat(atWork).as("units under way").hasValue(0);
  }

  private static void lingers() {
    long end = System.nanoTime() + 50_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
