package io.hone.onnxruntime;

import ai.onnxruntime.OrtException;
import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.scores.RandomNodes;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.InputDoubts;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.card.ScoreForm;
import io.hone.onnxruntime.scores.LogitsForm;
import io.hone.onnxruntime.scores.LogitsWriter;
import io.hone.onnxruntime.scores.OutputReading;
import io.hone.onnxruntime.scores.ScoreMeaning;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.RuntimeFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens a classifier in a form that answers as its untouched file does.
 *
 * <p>The file runs first, by itself, on images of the data set and on random ones. Its answers tell
 * what its numbers mean; each form that may replace it is then compared with them, and the first
 * form that agrees is taken.
 */
final class ClassifierOpening {
  /** Stands for a data set that is not known. */
  static final Tensor NO_SAMPLES = Tensor.zeros(0, 1, 1, 1);

  /** How far a form may be from the file, as a part of the largest score. */
  private static final double TOLERANCE = 1e-4;

  /** Likewise where a rounding may fall to the other side: half precision, whole steps, a GPU. */
  private static final double COARSE = 5e-2;

  private static final int NAMED = 3;

  private final OnnxFile file;
  private final ModelCard card;
  private final Placement placement;
  private final Run run;
  private final CardCheck.Ports ports;

  private ClassifierOpening(OnnxFile file, ModelCard card, Placement placement, Run run) {
    this.file = file;
    this.card = card;
    this.placement = placement;
    this.run = run;
    this.ports = CardCheck.check(card, file, Task.CLASSIFIER);
  }

  /**
   * A classifier that was found to answer as its file does.
   *
   * @param form how logits are made of what the file returns
   * @param model whose batch is free where that is possible
   * @param forward loaded, to be closed by whoever takes it over
   * @param repeatable whether it answers the same to the same image
   */
  record Opened(LogitsForm form, PreparedModel model, ForwardPass forward, boolean repeatable) {}

  /**
   * Opens a classifier.
   *
   * @param samples a few images of the data set it is about to work on, possibly none
   * @throws BadInputException if the file does not fit its card, or no form of it answers as it
   *     does
   */
  static Opened open(ModelCard card, Tensor samples, Placement placement, Run run) {
    OnnxFile file = OnnxFile.read(card.file());
    try {
      return new ClassifierOpening(file, card, placement, run).open(samples);
    } catch (OnnxFormatException broken) {
      throw new BadInputException(broken.getMessage(), broken);
    }
  }

  /** What the file answered; empty where it could not be asked. */
  private record Answers(Optional<Tensor> images, Optional<Tensor> scores, boolean repeatable) {}

  private Opened open(Tensor samples) {
    LogitsForm asWritten = new LogitsForm(ScoreMeaning.LOGITS, LogitsForm.Source.OUTPUT);
    PreparedModel plain = PreparedModel.ofClassifier(file, card, ports, asWritten);
    RowBudget budget =
        new RowBudget(
            card, plain.graph(), plain.images(), plain.fixedBatch(), placement.memory().silent());
    Answers answers = ask(samples, plain, budget);
    boolean repeatable = tellRandomness(answers);
    LogitsWriter writer = PreparedModel.scores(file, card, ports);
    List<LogitsForm> forms = new OutputReading(card, ports, writer, answers.scores(), run).forms();
    file.canonical().notes().forEach(note -> run.notice("Model '" + card.name() + "': " + note));
    InputDoubts.of(card, file, ports.images()).forEach(run::distrust);
    return firstThatAgrees(forms, answers, repeatable);
  }

  private Answers ask(Tensor samples, PreparedModel plain, RowBudget budget) {
    Optional<Tensor> probes = Probes.of(card, samples);
    if (probes.isEmpty()) {
      return new Answers(probes, Optional.empty(), true);
    }
    // Refuses what takes more memory than the machine has, before the file tries to take it.
    budget.rows(probes.get().imageShape());
    try (UntouchedFile untouched = UntouchedFile.open(file, card, ports)) {
      Tensor images = untouched.onGrid(probes.get());
      // Another number of scores is told where the model is loaded.
      Optional<Tensor> scores = untouched.answers(images);
      boolean same =
          scores.isEmpty() || areEqual(scores.get(), untouched.answers(images).orElseThrow());
      return new Answers(Optional.of(images), scores, same);
    } catch (OrtException failure) {
      Optional<Tensor> scores = ofPlainForm(plain, probes.get());
      // A file that cannot be loaded at all is refused a moment later.
      if (scores.isPresent()) {
        run.notice(
            "Model '"
                + card.name()
                + "' could not be compared with its file as it is: "
                + RuntimeFailure.shorten(failure)
                + ". It was compared with the file in the precision that Hone runs it in.");
      }
      return new Answers(probes, scores, true);
    }
  }

  /** Asks the graph with its output as the file has it; why it cannot be loaded is told later. */
  private Optional<Tensor> ofPlainForm(PreparedModel plain, Tensor images) {
    try (ForwardPass forward = forward(plain)) {
      Tensor scores = forward.run(images);
      if (ports.scoreForm() != ScoreForm.BINARY) {
        return Optional.of(scores);
      }
      Tensor column = Tensor.zeros(scores.rows(), 1);
      for (int row = 0; row < scores.rows(); row++) {
        column.set(row, 0, scores.get(row, 1));
      }
      return Optional.of(column);
    } catch (BadInputException unusable) {
      return Optional.empty();
    }
  }

  private boolean tellRandomness(Answers answers) {
    List<String> random = RandomNodes.of(file.model(), ports.scores().name());
    if (random.isEmpty() && answers.repeatable()) {
      return true;
    }
    String where =
        random.isEmpty()
            ? "it answers otherwise when it is asked again"
            : String.join(", ", random.subList(0, Math.min(NAMED, random.size())))
                + (random.size() > NAMED ? " and " + (random.size() - NAMED) + " more" : "");
    run.distrust(
        new TrustFlag(
            TrustFlag.NOT_REPEATABLE,
            "Model '"
                + card.name()
                + "' draws random numbers ("
                + where
                + "): no run can be repeated exactly. Every answer is taken over "
                + RepeatedClassifier.DRAWS
                + " draws, and the class by majority. If this is not meant, export the model for"
                + " inference."));
    return false;
  }

  private Opened firstThatAgrees(List<LogitsForm> forms, Answers answers, boolean repeatable) {
    List<String> disagreements = new ArrayList<>();
    for (LogitsForm form : forms) {
      PreparedModel written = PreparedModel.ofClassifier(file, card, ports, form);
      PreparedModel free = FrozenBatch.free(card, written, placement);
      List<PreparedModel> models =
          written.fixedBatch().isPresent() && free.fixedBatch().isEmpty()
              ? List.of(free, FrozenBatch.bound(card, written))
              : List.of(free);
      for (PreparedModel model : models) {
        ForwardPass forward = forward(model);
        Optional<String> disagreement =
            repeatable && answers.scores().isPresent()
                ? disagreement(form, forward, answers)
                : Optional.empty();
        if (disagreement.isEmpty()) {
          model.notices().forEach(run::notice);
          return new Opened(form, model, forward, repeatable);
        }
        forward.close();
        disagreements.add(disagreement.get());
      }
    }
    throw new BadInputException(
        card.file()
            + ": Hone's form of this model does not answer as the file itself does, so that nothing"
            + " would be true of the file: "
            + String.join("; ", disagreements)
            + ". Check layout, range, mean and std on its card; if they are right, export the model"
            + " in a simpler form, with logits as its output");
  }

  private ForwardPass forward(PreparedModel model) {
    int classes = card.output().classes();
    return new ForwardPass(card, model, placement, shape -> new int[] {classes});
  }

  private Optional<String> disagreement(LogitsForm form, ForwardPass forward, Answers answers) {
    Tensor images = answers.images().orElseThrow();
    Tensor scores = answers.scores().orElseThrow();
    double tolerance = tolerance(file, placement);
    FileComparison comparison;
    try {
      comparison = FileComparison.of(scores, forward.run(images), form, tolerance);
    } catch (RuntimeException | Error failure) {
      forward.close();
      throw failure;
    }
    return comparison.agrees()
        ? Optional.empty()
        : Optional.of("on image " + comparison.image() + " " + comparison.told());
  }

  /** Returns how far a model may be from its file, as a part of the largest score. */
  static double tolerance(OnnxFile file, Placement placement) {
    boolean cpu = placement.target() instanceof ExecutionTarget.Cpu;
    return cpu && !file.coarse() ? TOLERANCE : COARSE;
  }

  private static boolean areEqual(Tensor one, Tensor other) {
    for (int row = 0; row < one.rows(); row++) {
      for (int score = 0; score < one.rowSize(); score++) {
        if (Float.compare(one.get(row, score), other.get(row, score)) != 0) {
          return false;
        }
      }
    }
    return true;
  }
}
