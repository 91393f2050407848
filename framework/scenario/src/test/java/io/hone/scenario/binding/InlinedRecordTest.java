package io.hone.scenario.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.binding.InlinedSample.Budget;
import io.hone.scenario.binding.InlinedSample.Params;
import io.hone.scenario.binding.InlinedSample.Stop;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * An inlined record is one type in Java, and in a scenario its parameters are beside the others.
 */
class InlinedRecordTest {
  private static BoundComponent<InlinedSample> bind(String yaml) {
    return new ComponentParameters(new ComponentRegistry(List.of()))
        .bind(InlinedSample.installed(), yaml);
  }

  private static List<Diagnostic> errors(String yaml) {
    ScenarioException thrown = catchThrowableOfType(ScenarioException.class, () -> bind(yaml));
    assertThat(thrown).as("an error in %s", yaml).isNotNull();
    return thrown.diagnostics();
  }

  @Test
  void isWrittenFlatAndHasTheDefaultsOfItsUser() {
    BoundComponent<InlinedSample> bound = bind("{rounds: 2, reach: 8/255}");
    assertThat(bound.parameters())
        .isEqualTo(new Params(2, new Budget(8 / 255.0, 40, new Stop(true)), 1, List.of()));
    assertThat(bound.effective().keySet())
        .containsExactly("rounds", "reach", "max-steps", "stop-early", "decay", "more");
    assertThat(bind("{rounds: 2, reach: 1, max-steps: 3, stop-early: false}").parameters())
        .isEqualTo(new Params(2, new Budget(1, 3, new Stop(false)), 1, List.of()));
  }

  @Test
  void isFlatWithinNestedRecordsToo() {
    Budget nested = new Budget(0.1, 10, new Stop(true));
    Params expected = new Params(2, new Budget(1, 40, new Stop(true)), 1, List.of(nested, nested));
    BoundComponent<InlinedSample> bound =
        bind("{rounds: 2, reach: 1, more: [&n {reach: 0.1, stop-early: true}, *n]}");
    assertThat(bound.parameters()).isEqualTo(expected);
    assertThat(
            new ComponentParameters(new ComponentRegistry(List.of()))
                .bind(InlinedSample.installed(), expected)
                .effective())
        .isEqualTo(bound.effective());
    assertThat(errors("{rounds: 2, reach: 1, more: [{reach: 0.1, stop: {}}]}"))
        .extracting(Diagnostic::message)
        .contains("each of 'more' needs 'stop-early'", "each of 'more' has no 'stop'");
  }

  @Test
  void takesValuesAndRecordsOfPrograms() {
    Params typed = new Params(2, new Budget(0.5, 7, new Stop(true)), 0.25, List.of());
    BoundComponent<InlinedSample> ofRecord =
        new ComponentParameters(new ComponentRegistry(List.of()))
            .bind(InlinedSample.installed(), typed);
    BoundComponent<InlinedSample> ofValues =
        new ComponentParameters(new ComponentRegistry(List.of()))
            .bind(
                InlinedSample.installed(),
                Map.of("rounds", 2, "reach", 0.5, "max-steps", 7, "decay", 0.25));
    assertThat(ofRecord.parameters()).isEqualTo(typed).isEqualTo(ofValues.parameters());
    assertThat(ofRecord.effective()).isEqualTo(ofValues.effective());
  }

  @Test
  void tellsMistakesAtTheirPlaceInTheSameWordsAsOfOtherParameters() {
    List<Diagnostic> errors = errors("rounds: 2\nmax-stps: 3\nstop-early: 1\nmax-steps: 0");
    assertThat(errors)
        .extracting(Diagnostic::message)
        .containsExactly(
            "attack 'inlined' needs 'reach'",
            "attack 'inlined' has no 'max-stps'; did you mean 'max-steps'?",
            "'stop-early' must be true or false, not 1",
            "'max-steps' must be a whole number of at least 1, not 0");
    assertThat(errors).extracting(error -> error.place().line()).containsExactly(1, 2, 3, 4);
    assertThat(errors.get(1).notes())
        .containsExactly("known there: rounds, reach, max-steps, stop-early, decay, more");
    assertThat(errors("{rounds: 1, reach: 8}").get(0).message())
        .endsWith("did you mean 8/255 or 8px?");
  }

  @Test
  void tellsWhatTheInlinedRecordItselfRefuses() {
    assertThat(errors("{rounds: 2, reach: 1, max-steps: 51}"))
        .extracting(Diagnostic::message)
        .containsExactly("attack 'inlined': reach x max-steps must be at most 50");
  }

  @Test
  void refusesTheNameOfTheRecordAsAKey() {
    assertThat(errors("{rounds: 2, budget: {reach: 1}}"))
        .extracting(Diagnostic::message)
        .contains("attack 'inlined' has no 'budget'");
  }
}
