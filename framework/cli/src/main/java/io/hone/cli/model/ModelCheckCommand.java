package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.cli.process.ExitCode;
import io.hone.onnx.gradientcheck.CheckReport;
import io.hone.onnx.gradientcheck.CheckSettings;
import io.hone.onnx.gradientcheck.GradientCheck;
import io.hone.onnx.gradientcheck.Verdict;
import io.hone.onnxruntime.CheckedClassifier;
import io.hone.onnxruntime.FileComparison;
import io.hone.onnxruntime.ModelInspection;
import io.hone.onnxruntime.WrittenModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares a model's gradient with finite differences of the model itself. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Compares the gradient that Hone makes of a model with finite differences of the model"
          + " itself.",
      "Single features of uniform random images are moved by two steps to both sides; where the two"
          + " steps, or the two sides, disagree, the model has a kink, and the feature is dropped."
          + " Steps grow where the rounding of float arithmetic asks for it.",
      "All features also move at once, along the gradient and to random sides: in large images a"
          + " single feature changes the loss by less than its rounding."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the gradient agrees with the model",
      "1:it does not, or too little could be judged to tell",
      "2:model, images or labels are unusable",
      "130:cancelled"
    })
final class ModelCheckCommand implements Callable<Integer> {
  private static final int PER_FEATURE = 4;
  private static final int PER_IMAGE = 50;

  @Mixin private ModelArguments model;
  @Mixin private CheckedImages.Options images;
  @Mixin private LossOptions loss;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "50",
      description = "Features that are moved per image (${DEFAULT-VALUE}).")
  private int features;

  @Option(
      names = "--tolerance",
      paramLabel = "PART",
      defaultValue = "0.01",
      description =
          "How far gradient and finite difference may be apart, as a part of the image's largest"
              + " gradient (${DEFAULT-VALUE}).")
  private double tolerance;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "32",
      description = "Images evaluated at once (${DEFAULT-VALUE}).")
  private int batch;

  @Override
  public Integer call() {
    Counts.positive("--features", features, features);
    Counts.positive("--batch", batch, batch);
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new BadInputException("--tolerance must be between 0 and 1, not " + tolerance);
    }
    CheckSettings settings = new CheckSettings(features, tolerance, images.seed(), batch);
    try (OpenedModel opened = model.open();
        RowShards shards = new RowShards(Runtime.getRuntime().availableProcessors())) {
      return check(opened, settings, shards) ? ExitCode.DONE : ExitCode.FAILED;
    } catch (RunCancelledException e) {
      System.err.println("cancelled: nothing was found out.");
      return ExitCode.CANCELLED;
    }
  }

  /** Prints what is found and returns whether the gradient agrees with the model. */
  private boolean check(OpenedModel opened, CheckSettings settings, RowShards shards) {
    Run run = opened.run(images.seed());
    DifferentiableClassifier classifier = opened.classifier(run);
    try (WrittenModel written = WrittenModel.open(opened.card(), run)) {
      UnaryOperator<Tensor> logits =
          pixels -> logits(written, pixels, classifier.classes(), shards);
      CheckedImages checked = images.open(opened, logits, run);
      Optional<FileComparison> file = written.compareWithFile(checked.pixels());
      LogitsComparison forward = LogitsComparison.of(checked, classifier, logits, loss.loss());
      CheckReport report = check(checked, classifier, logits, settings, run);
      List<String> approximations = ModelInspection.of(opened.card().file()).approximations();
      new CheckText(
              opened.card(),
              checked,
              settings,
              loss.formula(),
              report,
              file,
              forward,
              approximations)
          .print(System.out);
      return report.verdict() == Verdict.AGREES
          && forward.agrees()
          && file.map(FileComparison::agrees).orElse(true);
    }
  }

  private CheckReport check(
      CheckedImages checked,
      DifferentiableClassifier classifier,
      UnaryOperator<Tensor> logits,
      CheckSettings settings,
      Run run) {
    long expected =
        checked.count()
            * ((long) PER_FEATURE * Math.min(features, checked.shape().features())
                + PER_IMAGE
                + GradientCheck.evaluationsOfDirections());
    try (Progress progress = run.progress("evaluations", expected)) {
      long[] left = {expected};
      UnaryOperator<Tensor> shown =
          pixels -> {
            run.checkCancelled();
            Tensor scores = logits.apply(pixels);
            // Places looked at again are not known beforehand.
            long counted = Math.min(pixels.rows(), left[0]);
            left[0] -= counted;
            progress.advance(counted);
            return scores;
          };
      CheckedClassifier function =
          new CheckedClassifier(shown, classifier, checked.shape(), loss.loss(), checked.labels());
      List<float[]> pixels = new ArrayList<>();
      for (int image = 0; image < checked.count(); image++) {
        pixels.add(checked.pixels().row(image));
      }
      return new GradientCheck(settings).run(function, pixels, image -> {});
    }
  }

  private static Tensor logits(WrittenModel written, Tensor pixels, int classes, RowShards shards) {
    Tensor logits = Tensor.zeros(pixels.rows(), classes);
    shards.run(
        pixels.rows(),
        (from, to) -> logits.copyRows(from, written.logits(pixels.rows(from, to)), 0, to - from));
    return logits;
  }
}
