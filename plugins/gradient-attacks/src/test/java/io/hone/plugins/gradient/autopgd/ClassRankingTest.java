package io.hone.plugins.gradient.autopgd;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Batch;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import org.junit.jupiter.api.Test;

class ClassRankingTest {
  private final TestRun run = new TestRun(1);
  private final Batch clean = Attacked.grey();
  private final ActiveSamples active = ActiveSamples.of(clean);

  private ClassRanking ranking(double... logits) {
    ConstantClassifier model = new ConstantClassifier(Attacked.SHAPE, logits);
    return ClassRanking.ask(new CountingVictim(model, Access.GRADIENTS, run), active, clean, run);
  }

  @Test
  void followsTheLogitsAndLeavesTheLabelOut() {
    ClassRanking ranking = ranking(9, 1, 5, 1, 8);
    assertThat(ranking.byRow()[0]).containsExactly(4, 2, 1, 3);
    assertThat(ranking.classes(1)).containsExactly(2);
    assertThat(active.size()).isEqualTo(1);
  }

  @Test
  void whatIsMisclassifiedAlreadyIsDone() {
    ranking(1, 2, 3);
    assertThat(active.isEmpty()).isTrue();
    assertThat(run.givenUp(Attacked.SAMPLE)).isEmpty();
  }

  @Test
  void saysWhyThereIsNoClassToTry() {
    ranking(1);
    assertThat(active.isEmpty()).isTrue();
    assertThat(run.givenUp(Attacked.SAMPLE)).contains("no-other-class");
  }

  @Test
  void saysThatLogitsWereNoNumbers() {
    ranking(1, Double.NaN);
    assertThat(run.givenUp(Attacked.SAMPLE)).contains("nan");
  }
}
