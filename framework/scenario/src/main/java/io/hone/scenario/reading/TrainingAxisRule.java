package io.hone.scenario.reading;

import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlPath;
import java.util.List;
import java.util.Optional;

/**
 * A training scenario varies its seed, parts of its trainer and of its data, and its validation.
 */
record TrainingAxisRule() implements AxisRule {
  private static final List<String> PARTS = List.of("train", "data");
  private static final List<String> WHOLE = List.of("seed", "validation");

  @Override
  public Optional<String> problem(YamlPath path) {
    String first = path.segments().get(0);
    if (WHOLE.contains(first)) {
      return Optional.empty();
    }
    if (!PARTS.contains(first)) {
      return Optional.of(
          "a matrix of trainings can vary the seed, the trainer, the data and the validation, not '"
              + first
              + "'"
              + Spelling.didYouMean(first, List.of("seed", "train", "data", "validation")));
    }
    return path.segments().size() > 1
        ? Optional.empty()
        : Optional.of("'" + first + "' is all of it; vary a part, such as train.with.rate");
  }

  @Override
  public String known() {
    return "an axis is seed, validation, train.KEY... or data.KEY..., such as train.with.rate";
  }
}
