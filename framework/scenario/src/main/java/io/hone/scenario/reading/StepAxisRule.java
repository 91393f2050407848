package io.hone.scenario.reading;

import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.document.StepGrammars;
import io.hone.scenario.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scenario varies parts of its steps, its goal and its model.
 *
 * @param ids of the steps
 * @param grammars of the kinds that they may have
 */
record StepAxisRule(Set<String> ids, StepGrammars grammars) implements AxisRule {
  static final String GOAL = "goal";
  static final String MODEL = "model";
  private static final String STEPS = "steps";

  @Override
  public Optional<String> problem(YamlPath path) {
    List<String> segments = path.segments();
    return switch (segments.get(0)) {
      case GOAL -> Optional.empty();
      case MODEL ->
          segments.size() > 1
              ? Optional.empty()
              : Optional.of("'model' is all of the model; vary a part, such as model.card");
      case STEPS -> problemOfStep(path);
      default ->
          Optional.of(
              "a matrix can vary steps, the goal and the model, not '"
                  + segments.get(0)
                  + "'"
                  + Spelling.didYouMean(segments.get(0), List.of(STEPS, GOAL, MODEL)));
    };
  }

  private Optional<String> problemOfStep(YamlPath path) {
    List<String> segments = path.segments();
    if (segments.size() < 3) {
      return Optional.of("'" + path.text() + "' is a whole step, not a part of one");
    }
    String id = segments.get(1);
    if (!ids.contains(id)) {
      return Optional.of("there is no step '" + id + "'" + Spelling.didYouMean(id, ids));
    }
    if (segments.get(2).equals("id") || segments.get(2).equals("of")) {
      return Optional.of("a matrix cannot vary 'id' and 'of'; of takes a list itself");
    }
    return grammars.namesReceived(segments.get(2))
        ? Optional.of(
            "a matrix cannot vary what a step receives, as '"
                + segments.get(2)
                + "' does; write a step for each choice")
        : Optional.empty();
  }

  @Override
  public String known() {
    return "an axis is goal, model.card or steps.ID.KEY..., with ID one of "
        + String.join(", ", ids);
  }
}
