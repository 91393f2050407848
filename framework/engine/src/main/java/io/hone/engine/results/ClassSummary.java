package io.hone.engine.results;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.hone.host.figure.FigurePath;
import io.hone.host.figure.FigureTree;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * What an entry found of the samples of one class.
 *
 * @param number of the class
 * @param name of the class; null where nobody names it
 * @param samples how many came in
 * @param attempted how many took part
 * @param metrics the entry's rates over these samples, as maps of numbers
 * @param intervals of these rates, by their paths
 */
public record ClassSummary(
    @JsonProperty("class") int number,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String name,
    long samples,
    long attempted,
    Map<String, Object> metrics,
    Map<String, RateInterval> intervals) {
  /** Returns what people call the class. */
  public String title() {
    return name == null ? Integer.toString(number) : name;
  }

  OptionalDouble find(FigurePath path) {
    if (path.isCount()) {
      return OptionalDouble.of(
          switch (path.figure()) {
            case "samples" -> samples;
            case "attempted" -> attempted;
            default -> number;
          });
    }
    return StepStatistics.find(metrics, intervals, path);
  }

  /** Returns a rate over the samples of the class; NaN where it is over none of them. */
  double rate(String rate) {
    return FigureTree.find(metrics, rate).orElse(Double.NaN);
  }
}
