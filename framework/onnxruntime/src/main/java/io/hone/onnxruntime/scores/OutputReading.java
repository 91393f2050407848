package io.hone.onnxruntime.scores;

import io.hone.api.BadInputException;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.CardName;
import io.hone.onnxruntime.card.ScoreForm;
import io.hone.onnxruntime.scores.LogitsForm.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a classifier's numbers mean: from the card, from the operators at the end of the
 * graph, and from the file's own answers to some images. What stays unclear is asked or told.
 */
public final class OutputReading {
  /** Operators with weights: what they return may be any number. */
  private static final Set<String> WEIGHTED =
      Set.of("Conv", "ConvTranspose", "Gemm", "MatMul", "Einsum", "LSTM", "GRU", "RNN");

  /** Operators that make shares of [0, 1] of any numbers. */
  private static final Set<String> BOUNDING =
      Set.of("Sigmoid", "HardSigmoid", "Softmax", "Hardmax", "Exp", "Clip");

  /** Operators that do so together with others. */
  private static final Set<String> SQUASHING =
      Set.of("LogSoftmax", "Softsign", "Tanh", "Erf", "Div", "Reciprocal", "If", "Loop", "Scan");

  private final ModelCard card;
  private final CardCheck.Ports ports;
  private final LogitsWriter writer;
  private final Optional<Tensor> answers;
  private final Run run;

  /**
   * Prepares to read an output.
   *
   * @param answers of the file to some images, empty where it could not be tried
   * @param run is told what is assumed
   */
  public OutputReading(
      ModelCard card,
      CardCheck.Ports ports,
      LogitsWriter writer,
      Optional<Tensor> answers,
      Run run) {
    this.card = card;
    this.ports = ports;
    this.writer = writer;
    this.answers = answers;
    this.run = run;
  }

  /**
   * Returns ways to make logits of the output, the best one first.
   *
   * @throws BadInputException if the card is certainly wrong, or must say what the output means
   */
  public List<LogitsForm> forms() {
    Optional<ScoreMeaning> byValue = answers.flatMap(ScoreMeaning::byValue);
    ScoreMeaning meaning =
        byValue.map(seen -> isBinary() ? column(seen) : rows(seen)).orElseGet(this::byStructure);
    List<LogitsForm> forms = new ArrayList<>();
    if (meaning != ScoreMeaning.LOGITS) {
      if (meaning != ScoreMeaning.INDEPENDENT
          && meaning != ScoreMeaning.NEGATIVE_LOG_PROBABILITIES
          && writer.activation().isPresent()) {
        forms.add(new LogitsForm(meaning, Source.BEFORE_ACTIVATION));
      }
      if (writer.hasParts(meaning)) {
        forms.add(new LogitsForm(meaning, Source.PARTS));
      }
    }
    boolean shares = meaning == ScoreMeaning.PROBABILITIES || meaning == ScoreMeaning.INDEPENDENT;
    forms.add(new LogitsForm(meaning, shares ? Source.VALUES : Source.OUTPUT));
    return forms;
  }

  private boolean isBinary() {
    return ports.scoreForm() == ScoreForm.BINARY;
  }

  private ScoreMeaning byStructure() {
    Optional<Node> activation = writer.activation();
    if (activation.isPresent()) {
      return activation.get().is("LogSoftmax")
          ? ScoreMeaning.LOG_PROBABILITIES
          : ScoreMeaning.PROBABILITIES;
    }
    return card.output().kind() == OutputKind.PROBABILITIES
        ? ScoreMeaning.PROBABILITIES
        : ScoreMeaning.LOGITS;
  }

  /** One number per image: what it means decides where one class ends and the other begins. */
  private ScoreMeaning column(ScoreMeaning seen) {
    OutputKind kind = card.output().kind();
    if (seen != ScoreMeaning.PROBABILITIES) {
      if (kind == OutputKind.SCORES && bounds().low() >= 0 && squashes(false)) {
        throw new BadInputException(
            card.file()
                + ": the one number per image of the "
                + answers.orElseThrow().rows()
                + " images that were tried is never below 0 ("
                + span()
                + "), as percentages are, and nothing tells where the second class begins. Export"
                + " the probability, within [0, 1], or write a model.yaml beside the file with"
                + " output.kind: logits if the second class begins at 0");
      }
      return others(seen);
    }
    boolean known = writer.activation().isPresent() || writer.hasParts(seen);
    if (kind == OutputKind.PROBABILITIES) {
      return seen;
    }
    if (kind == OutputKind.LOGITS && !known) {
      doubt(
          "the card says logits, but "
              + tried()
              + ", as probabilities do. As logits they are all class 1, because the boundary of"
              + " logits is 0. If they are probabilities, write output.kind: probabilities on the"
              + " card.");
      return ScoreMeaning.LOGITS;
    }
    if (kind == OutputKind.LOGITS) {
      wrongCard();
    } else if (!known && !squashes(true)) {
      throw new BadInputException(
          card.file()
              + ": "
              + tried()
              + ", but nothing at the end of the graph makes probabilities of them. Write a"
              + " model.yaml beside the file that says output.kind: probabilities (the second class"
              + " begins at 0.5) or output.kind: logits (it begins at 0)");
    }
    return seen;
  }

  private ScoreMeaning rows(ScoreMeaning seen) {
    OutputKind kind = card.output().kind();
    if (seen == ScoreMeaning.PROBABILITIES) {
      boolean multiples = bounds().high() > 1 + ScoreMeaning.EDGE;
      if (multiples && !writer.hasParts(seen) && !squashes(false)) {
        return others(ScoreMeaning.LOGITS);
      }
      if (kind == OutputKind.LOGITS) {
        wrongCard();
      }
      return seen;
    }
    if (seen == ScoreMeaning.NEGATIVE_LOG_PROBABILITIES) {
      return negative();
    }
    if (seen != ScoreMeaning.INDEPENDENT) {
      return others(seen);
    }
    boolean known = writer.hasParts(seen);
    if (kind == OutputKind.LOGITS && !known) {
      return ScoreMeaning.LOGITS;
    }
    if (kind == OutputKind.SCORES && !known && !squashes(false)) {
      doubt(
          tried()
              + ", but those of one image do not sum to 1, and nothing at the end of the graph makes"
              + " probabilities of them: they are taken for logits. If they are probabilities,"
              + " write a model.yaml beside the file with output.kind: probabilities.");
      return ScoreMeaning.LOGITS;
    }
    if (kind == OutputKind.LOGITS) {
      wrongCard();
    }
    run.notice(
        named()
            + "the probabilities of one image do not sum to 1, as those of a model for several"
            + " labels: the class with the largest one counts.");
    return seen;
  }

  /** The largest of these numbers is that of the least likely class. */
  private ScoreMeaning negative() {
    String text =
        "the file returns negative logarithms of probabilities: none of its scores for the "
            + answers.orElseThrow().rows()
            + " images that were tried is below 0 ("
            + span()
            + "), and exp(-score) sums to 1 over the classes of each. The class with the smallest"
            + " score counts.";
    if (card.output().kind() == OutputKind.LOGITS) {
      doubt("the card says logits, but " + text + " If the largest is meant, export it as logits.");
    } else {
      run.notice(named() + text);
    }
    return ScoreMeaning.NEGATIVE_LOG_PROBABILITIES;
  }

  /** Numbers that are no probabilities. */
  private ScoreMeaning others(ScoreMeaning seen) {
    if (card.output().kind() == OutputKind.PROBABILITIES && seen == ScoreMeaning.LOGITS) {
      throw new BadInputException(
          card.file()
              + ": "
              + CardName.of(card)
              + " says output.kind: probabilities, but the file returns values from "
              + span()
              + ": write output.kind: logits"
              + (isBinary() ? ", or export probabilities, within [0, 1]" : ""));
    }
    if (card.output().kind() == OutputKind.PROBABILITIES) {
      run.notice(
          named()
              + "the card says probabilities, and the file returns their logarithms, which serve as"
              + " logits.");
    }
    return seen;
  }

  private void wrongCard() {
    run.notice(
        named()
            + "the card says logits, but the file returns probabilities, and they are read as"
            + " probabilities. Write output.kind: probabilities on the card.");
  }

  private void doubt(String text) {
    run.distrust(new TrustFlag(TrustFlag.ASSUMED_OUTPUT, named() + text));
  }

  private String named() {
    return "Model '" + card.name() + "': ";
  }

  private String tried() {
    return "all scores of the "
        + answers.orElseThrow().rows()
        + " images that were tried are within [0, 1] ("
        + span()
        + ")";
  }

  private String span() {
    Bounds bounds = bounds();
    return String.format(Locale.ROOT, "%.4g to %.4g", bounds.low(), bounds.high());
  }

  private record Bounds(float low, float high) {}

  private Bounds bounds() {
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    Tensor tried = answers.orElseThrow();
    for (int row = 0; row < tried.rows(); row++) {
      for (float score : tried.row(row)) {
        low = Math.min(low, Float.isNaN(score) ? low : score);
        high = Math.max(high, Float.isNaN(score) ? high : score);
      }
    }
    return new Bounds(low, high);
  }

  /**
   * Returns whether something behind the last weights makes shares of any numbers.
   *
   * @param together whether operators count that do so only together with others
   */
  private boolean squashes(boolean together) {
    OnnxModel model = writer.model();
    Deque<String> open = new ArrayDeque<>(List.of(writer.output()));
    Set<String> seen = new HashSet<>(open);
    while (!open.isEmpty()) {
      Optional<Node> producer = model.producer(new Value(open.remove()));
      if (producer.isEmpty()) {
        continue;
      }
      Node node = producer.get();
      if (!node.domain().isEmpty()
          || BOUNDING.contains(node.operator())
          || (together && SQUASHING.contains(node.operator()))) {
        return true;
      }
      if (!WEIGHTED.contains(node.operator())) {
        node.reads().stream().filter(seen::add).forEach(open::add);
      }
    }
    return false;
  }
}
