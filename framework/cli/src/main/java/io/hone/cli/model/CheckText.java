package io.hone.cli.model;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.cli.install.Installation;
import io.hone.onnx.gradientcheck.CheckReport;
import io.hone.onnx.gradientcheck.CheckSettings;
import io.hone.onnx.gradientcheck.Directions;
import io.hone.onnx.gradientcheck.JudgedDirection.Kind;
import io.hone.onnx.gradientcheck.JudgedFeature;
import io.hone.onnx.gradientcheck.Verdict;
import io.hone.onnxruntime.FileComparison;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a check found, as a user reads it. */
record CheckText(
    ModelCard card,
    CheckedImages images,
    CheckSettings settings,
    String loss,
    CheckReport report,
    Optional<FileComparison> file,
    LogitsComparison forward,
    List<String> approximations) {
  void print(PrintStream out) {
    ImageShape shape = images.shape();
    line(out, "model", Installation.shown(card.file()));
    line(out, "images", images.imagesFrom() + ", " + shape);
    line(out, "loss", loss + ", labels " + images.labelsFrom());
    line(out, "file", file.map(this::file).orElse("ONNX Runtime cannot run it as it is"));
    line(
        out,
        "logits",
        format(
            "the differentiated graph's and the file's differ by %.1g at most, the largest is %.3g",
            forward.difference(), forward.largest()));
    line(
        out,
        "steps",
        format(
            "%.2g to %.2g, and half of that; rounding of the loss: %.1g",
            report.smallestStep(), report.largestStep(), report.noise()));
    line(
        out,
        "features",
        format(
            "%d moved, %d judged, %d dropped at kinks",
            report.tried(), report.judged().size(), report.kinks()));
    if (!report.judged().isEmpty()) {
      line(
          out,
          "error",
          format(
              "median %.1g, 90 %% within %.1g, worst %.1g of the image's largest slope",
              report.medianError(), report.quantile(0.9), report.quantile(1)));
    }
    if (report.directions().tried() > 0) {
      line(out, "together", directions());
    }
    report.worst().ifPresent(place -> line(out, "worst", place(place, shape)));
    out.println();
    line(out, "verdict", verdict());
  }

  private String directions() {
    Directions directions = report.directions();
    return format(
        "%d directions of all features, %d judged: along the gradient error %s, to random sides %s",
        directions.tried(), directions.judged().size(), worst(Kind.GRADIENT), worst(Kind.RANDOM));
  }

  private String worst(Kind kind) {
    return report
        .directions()
        .worst(kind)
        .map(direction -> format("%.1g", direction.error()))
        .orElse("unknown");
  }

  private String file(FileComparison comparison) {
    return format(
        "run without Hone, its answers to %d images differ by %.1g of the largest score at most",
        comparison.images(), comparison.difference());
  }

  private String verdict() {
    if (file.isPresent() && !file.get().agrees()) {
      return "DISAGREES with the file run without Hone: on image "
          + file.get().image()
          + " "
          + file.get().told();
    }
    if (!forward.agrees()) {
      return "DISAGREES: the differentiated graph computes other logits than the file";
    }
    if (report.verdict() == Verdict.AGREES) {
      return reasons().isEmpty() || !report.judged().isEmpty()
          ? "agrees"
          : "agrees where many features move at once; of single ones, "
              + String.join(", ", reasons());
    }
    if (report.verdict() == Verdict.DISAGREES && !approximations.isEmpty()) {
      return "cannot tell: the gradient is no slope by design, at "
          + String.join("; ", approximations);
    }
    if (report.verdict() == Verdict.DISAGREES && report.wrong().isEmpty()) {
      return format(
          "DISAGREES along %d of %d directions",
          report.directions().wrong().size(), report.directions().judged().size());
    }
    if (report.verdict() == Verdict.DISAGREES) {
      return format(
          "DISAGREES at %d of %d features by more than %s of the image's largest slope",
          report.wrong().size(), report.judged().size(), settings.tolerance());
    }
    return "cannot tell: " + String.join(", ", reasons());
  }

  private List<String> reasons() {
    List<String> reasons = new ArrayList<>();
    if (report.kinks() > 0) {
      reasons.add(
          format(
              "%d of %d features are at kinks (uniform random images have fewer)",
              report.kinks(), report.tried()));
    }
    if (report.flatImages() > 0) {
      reasons.add(format("the loss of %d images does not change at all", report.flatImages()));
    }
    if (report.noisyImages() > 0) {
      reasons.add(
          format(
              "the slopes of %d images are smaller than the rounding of the model's arithmetic",
              report.noisyImages()));
    }
    if (report.notFiniteImages() > 0) {
      reasons.add(format("the loss of %d images is no finite number", report.notFiniteImages()));
    }
    return reasons;
  }

  private static String place(JudgedFeature place, ImageShape shape) {
    if (shape.pixels() == 1) {
      return format(
          "image %d, value %d: gradient %.6g, finite difference %.6g",
          place.image(), place.feature(), place.gradient(), place.quotient());
    }
    int channel = place.feature() / shape.pixels();
    int pixel = place.feature() % shape.pixels();
    return format(
        "image %d, channel %d, row %d, column %d: gradient %.6g, finite difference %.6g",
        place.image(),
        channel,
        pixel / shape.width(),
        pixel % shape.width(),
        place.gradient(),
        place.quotient());
  }

  private static void line(PrintStream out, String key, String text) {
    out.printf("%-9s %s%n", key, text);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
