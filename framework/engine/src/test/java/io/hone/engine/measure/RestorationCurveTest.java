package io.hone.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.engine.step.RestorationTrace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RestorationCurveTest {
  @Test
  void holdsTheMostRestoredUpToEachQuery() {
    RestorationTrace trace = new RestorationTrace(10);
    assertThat(trace.restoredAfter(5)).isZero();
    asked(trace, 2).found(6);
    asked(trace, 1).found(8);
    asked(trace, 2).found(1);
    assertThat(trace.restoredAfter(1)).isZero();
    assertThat(trace.restoredAfter(2)).isEqualTo(0.4);
    assertThat(trace.restoredAfter(4)).as("the worse image changes nothing").isEqualTo(0.4);
    assertThat(trace.restoredAfter(1000)).isEqualTo(0.9);
    assertThat(trace.queries()).isEqualTo(5);
  }

  @Test
  void goesOnAlongAChainWithoutTouchingTheStepBefore() {
    RestorationTrace first = new RestorationTrace(10);
    asked(first, 3).found(5);
    RestorationTrace second = first.continued();
    asked(second, 2).found(0);
    assertThat(second.restoredAfter(3)).isEqualTo(0.5);
    assertThat(second.restoredAfter(5)).isEqualTo(1);
    assertThat(first.restoredAfter(5)).isEqualTo(0.5);
    assertThat(first.queries()).isEqualTo(3);
  }

  @Test
  void takesMoreImprovementsThanItHasRoomForAtFirst() {
    RestorationTrace trace = new RestorationTrace(100);
    for (int differing = 99; differing >= 0; differing--) {
      asked(trace, 1).found(differing);
    }
    assertThat(trace.restoredAfter(37)).isEqualTo(0.37);
  }

  @Test
  void isTheMeanOverSamplesUpToWhereAllHaveEnded() {
    RestorationCurve curve = new RestorationCurve();
    curve.add(asked(trace(2, 5), 3));
    curve.add(trace(7, 0));
    assertThat(curve.points().keySet()).containsExactly(1L, 2L, 3L, 4L, 6L, 8L);
    assertThat(curve.points().get(1L)).isZero();
    assertThat(curve.points().get(2L)).isCloseTo(0.25, within(1e-9));
    assertThat(curve.points().get(6L)).isCloseTo(0.25, within(1e-9));
    assertThat(curve.points().get(8L)).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void leavesOutSamplesInWhichNothingDiffersIn8Bits() {
    RestorationCurve curve = new RestorationCurve();
    curve.add(new RestorationTrace(0));
    assertThat(curve.points()).isEmpty();
    curve.add(trace(1, 0));
    assertThat(curve.points()).isEqualTo(Map.of(1L, 1.0));
  }

  @Test
  void isTheSameHoweverItIsMergedAndAfterReading() throws IOException {
    RestorationCurve whole = new RestorationCurve();
    RestorationCurve first = new RestorationCurve();
    RestorationCurve second = new RestorationCurve();
    for (int sample = 0; sample < 50; sample++) {
      RestorationTrace trace = asked(new RestorationTrace(7 + sample % 5), sample);
      trace.found(sample % 7);
      whole.add(trace);
      (sample % 3 == 0 ? first : second).add(trace);
    }
    second.merge(first);
    assertThat(second.points()).isEqualTo(whole.points());

    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    whole.write(new DataOutputStream(bytes));
    RestorationCurve read = new RestorationCurve();
    read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    assertThat(read.points()).isEqualTo(whole.points());
  }

  private static RestorationTrace trace(int queries, int differing) {
    RestorationTrace trace = asked(new RestorationTrace(10), queries);
    trace.found(differing);
    return trace;
  }

  private static RestorationTrace asked(RestorationTrace trace, int queries) {
    for (int query = 0; query < queries; query++) {
      trace.asked();
    }
    return trace;
  }
}
