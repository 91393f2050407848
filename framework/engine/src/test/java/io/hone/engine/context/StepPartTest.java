package io.hone.engine.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.AttackUse;
import io.hone.api.run.Part;
import io.hone.api.run.Run;
import io.hone.engine.context.RunServices.StepRun;
import io.hone.engine.model.ModelLibrary;
import io.hone.host.component.ComponentRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepPartTest {
  private static final long SAMPLE = 7;

  @TempDir Path folder;

  private ModelLibrary models;
  private RunServices services;
  private StepRun step;

  @BeforeEach
  void setUp() {
    models = new ModelLibrary(new ComponentRegistry(List.of()));
    services =
        new RunServices(
            3,
            1,
            folder,
            folder,
            models,
            Silence.INSTANCE,
            new Cancellation(),
            new SimpleMeterRegistry());
    step = services.forStep("aa", "aa");
  }

  @AfterEach
  void close() {
    services.close();
    models.close();
  }

  private static long drawn(Run run) {
    return run.random(SAMPLE).nextLong();
  }

  @Test
  void hasRandomStreamsOfItsOwn() {
    Run part = step.within("one");

    assertThat(drawn(part)).isEqualTo(drawn(step.within("one")));
    assertThat(
            List.of(
                drawn(step),
                drawn(part),
                drawn(step.within("two")),
                drawn(part.within("two")),
                drawn(services.forStep("other", "other").within("one"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void keepsItsReasonsUntilTheStepIsDoneWithTheSample() {
    Run part = step.within("one");
    part.giveUp(SAMPLE, "tired");

    assertThat(part.givenUp(SAMPLE)).contains("tired");
    assertThat(step.givenUp(SAMPLE)).isEmpty();
    step.giveUp(SAMPLE, "bored");
    assertThat(step.givenUp(SAMPLE)).contains("bored");
    assertThat(step.take(SAMPLE).obstacle()).contains("bored");
    assertThat(part.givenUp(SAMPLE)).isEmpty();
    assertThat(step.givenUp(SAMPLE)).isEmpty();
  }

  @Test
  void makesValuesAndFilesOfItsOwn() {
    Run part = step.within("one");

    assertThat(step.<String>once("key", () -> "of the step")).isEqualTo("of the step");
    assertThat(part.<String>once("key", () -> "of the part")).isEqualTo("of the part");
    assertThat(part.workFolder()).exists().isNotEqualTo(step.workFolder());
  }

  @Test
  void leavesTheRestToTheStep() {
    Run part = step.within("one");
    part.figure(SAMPLE, "rounds", 2);
    part.flag(SAMPLE, "odd");
    part.credit(SAMPLE, "inner");
    part.parts(List.of(new Part("inner", "fgsm", Map.of())));
    step.credit(SAMPLE, "one");

    assertThat(step.parts()).isEmpty();
    SampleNotes notes = step.take(SAMPLE);
    assertThat(notes.figures()).containsEntry("rounds", 2.0);
    assertThat(notes.flag()).contains("odd");
    assertThat(notes.credited()).contains("one");
  }

  @Test
  void isNamedOnceAndInWordsJoinedByHyphens() {
    Part part = new Part("one", "fgsm", Map.of());

    assertThatThrownBy(() -> step.parts(List.of(part, part)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one name");
    assertThatThrownBy(() -> new Part("one/two", "fgsm", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("joined by hyphens");
  }

  @Test
  void bindsNothingButUses() {
    assertThatThrownBy(() -> step.bound("fgsm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no use of a component");
    assertThatThrownBy(() -> AttackUse.of("fgsm", Map.of()).access())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("only named");
  }
}
