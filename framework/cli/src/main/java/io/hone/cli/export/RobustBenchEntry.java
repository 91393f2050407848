package io.hone.cli.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * An entry of a RobustBench leaderboard: one JSON file, in which numbers are texts and accuracies
 * are percentages.
 *
 * @param link to the paper
 * @param name of the entry, usually the paper's title
 * @param authors separated by commas
 * @param additionalData whether the model was trained with other data too
 * @param numberForwardPasses of the model for one prediction
 * @param dataset as RobustBench names it
 * @param venue where the paper appeared
 * @param architecture of the model
 * @param eps radius of the ball
 * @param cleanAcc percentage of clean images that are classified correctly
 * @param reported robust accuracy that the authors report; left out where it is not known
 * @param autoattackAcc percentage of images that are classified correctly under the attack
 * @param footnote anything else; left out where there is nothing
 * @param unreliable whether something speaks against the figures
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({
  "link",
  "name",
  "authors",
  "additional_data",
  "number_forward_passes",
  "dataset",
  "venue",
  "architecture",
  "eps",
  "clean_acc",
  "reported",
  "autoattack_acc",
  "footnote",
  "unreliable"
})
record RobustBenchEntry(
    String link,
    String name,
    String authors,
    boolean additionalData,
    String numberForwardPasses,
    String dataset,
    String venue,
    String architecture,
    String eps,
    String cleanAcc,
    @Nullable String reported,
    String autoattackAcc,
    @Nullable String footnote,
    boolean unreliable) {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  /** Returns a share as a percentage with two decimals. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f", 100 * share);
  }

  /** Returns the entry as JSON, with a line end. */
  String json() {
    return MAPPER.writeValueAsString(this) + "\n";
  }
}
