package io.hone.cli;

import io.hone.engine.results.Distrust;
import io.hone.engine.results.RateInterval;
import io.hone.engine.results.Received;
import io.hone.engine.results.StepStatistics;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the files of a run that was never made, so that tests choose its figures. */
final class ResultFiles {
  private ResultFiles() {}

  /** Writes a summary and a table of samples, whose first cells are given. */
  static Path write(Path folder, Summary summary, List<String> rows) throws IOException {
    Files.createDirectories(folder);
    SummaryFile.write(summary, folder);
    List<String> lines = new ArrayList<>();
    lines.add("step,index,label,target,predicted_before,predicted,attempted,success");
    lines.addAll(rows);
    Files.write(folder.resolve("samples.csv"), lines);
    return folder;
  }

  static Summary summary(
      String status, Map<String, Object> scenario, String data, StepSummary... steps) {
    return new Summary(
        1,
        "run",
        status,
        null,
        scenario,
        Map.of(),
        List.of(steps),
        List.of(),
        List.of(),
        Map.of("data", data),
        Map.of());
  }

  static StepSummary clean(long samples, double accuracy) {
    return new StepSummary(
        "clean",
        "clean",
        "",
        "clean",
        "",
        "",
        Map.of(),
        samples,
        samples,
        Map.of(),
        Map.of("accuracy", accuracy));
  }

  /** An attack of the clean images within a ball. */
  static StepSummary attack(
      String name,
      String use,
      String norm,
      Map<String, Object> variant,
      long samples,
      double accuracy,
      Distrust... flags) {
    return new StepSummary(
            name,
            name.replaceFirst("\\[.*", ""),
            Received.of("clean"),
            "attack",
            use,
            norm,
            "epsilon",
            variant,
            samples,
            samples,
            Map.of(),
            Map.of(),
            List.of(flags),
            Map.of("accuracy", accuracy, "success_rate", 1 - accuracy))
        .with(
            StepStatistics.of(
                Map.of(
                    "accuracy",
                    new RateInterval(samples, Math.round(accuracy * samples), 0.48, 0.51)),
                List.of()));
  }
}
