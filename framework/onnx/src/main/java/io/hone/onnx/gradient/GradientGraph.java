package io.hone.onnx.gradient;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.simplify.Simplifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Entry point of the library: differentiates an ONNX classifier to its input, or to several.
 *
 * <p>Takes models of opsets {@value io.hone.onnx.opset.OpsetRaiser#OLDEST} to {@value
 * io.hone.onnx.opset.OpsetRaiser#NEWEST} and gives graphs of opset {@value
 * io.hone.onnx.opset.OpsetRaiser#OPSET}, as {@link DifferentiatedModel} describes them: logits
 * {@code [N, K]}, each image's own loss {@code [N]}, and its gradient, shaped as the image. Sizes
 * that the model leaves open stay open. Nothing is run to build a graph.
 */
public final class GradientGraph {
  private GradientGraph() {}

  /**
   * Starts the differentiation of a model of any opset from 7 on, brought to its {@link
   * CanonicalForm} first.
   *
   * @throws OnnxFormatException as {@link CanonicalForm#of} does
   */
  public static Builder of(OnnxModel model) {
    return new Builder(model);
  }

  /** What to differentiate. */
  public static final class Builder {
    /** The loss numbers all classes; what has more is no classifier. */
    private static final long MOST_CLASSES = 1_000_000;

    private static final BackwardPass.Purpose PURPOSE =
        new BackwardPass.Purpose(
            "the input and the logits",
            "Attacks that need only scores or labels still work; for a gradient export the model"
                + " without this operator, or add a rule for it to the GradientRegistry");

    private final OnnxModel original;
    private List<String> inputs;
    private String logits;
    private AttackLoss loss = AttackLoss.crossEntropy(false);
    private GradientRegistry registry = StandardGradients.registry();
    private boolean followShapes = true;

    private Builder(OnnxModel model) {
      this.original = CanonicalForm.of(model).model();
      this.inputs = List.of(model.inputs().get(0).name());
      this.logits = model.outputs().get(0).name();
    }

    /** Names the input to differentiate; default: the first. */
    public Builder input(String name) {
      return inputs(List.of(name));
    }

    /**
     * Names several float inputs to differentiate, such as weights that were made inputs: each
     * receives the gradient of the sum of all images' losses. The first is what {@link
     * DifferentiatedModel} calls the image.
     */
    public Builder inputs(Collection<String> names) {
      if (names.isEmpty() || Set.copyOf(names).size() < names.size()) {
        throw new IllegalArgumentException(
            "name at least one input to differentiate, and none twice, not " + names);
      }
      this.inputs = List.copyOf(names);
      return this;
    }

    /** Names the value, output or not, that holds the logits; default: the first output. */
    public Builder logits(String value) {
      this.logits = value;
      return this;
    }

    /** Sets what is differentiated; default: untargeted cross-entropy. */
    public Builder loss(AttackLoss wanted) {
      this.loss = wanted;
      return this;
    }

    /** Sets the operators that have a gradient; default: {@link StandardGradients}. */
    public Builder registry(GradientRegistry gradients) {
      this.registry = gradients;
      return this;
    }

    /** Lets rules do without shapes, as they must where a model does not tell them. */
    Builder withoutShapes() {
      this.followShapes = false;
      return this;
    }

    /**
     * Builds the graph.
     *
     * @throws UncoveredOperatorException if an operator between input and logits has no gradient
     * @throws io.hone.onnx.opset.OpsetException if the model cannot be brought to opset 18
     * @throws OnnxFormatException if input or logits do not exist, or the logits do not depend on
     *     the input
     */
    public DifferentiatedModel build() {
      inputs.forEach(this::checkInput);
      checkLogits();
      Set<String> kept = new HashSet<>(inputs);
      kept.add(logits);
      OnnxModel model = Simplifier.forDifferentiation(original, kept);
      Shapes shapes = Shapes.of(model);
      GraphEditor graph = GraphEditor.of(model);
      graph.clearOutputs();
      Value scores = new Value(logits);
      Optional<Shape> shape = shapes.of(scores);
      Value rows = asRows(graph, scores, shape);
      LossWriter.Written written = writeLoss(graph, rows, shape);
      Value seed =
          rows.equals(scores)
              ? written.gradient()
              : graph.op("Reshape", written.gradient(), graph.op("Shape", scores));
      BackwardPass pass =
          new BackwardPass(
              model, inputs, registry, followShapes ? shapes : Shapes.ranksOnly(model), PURPOSE);
      BackwardPass.Gradients gradients = pass.write(graph, Map.of(logits, seed));
      inputs.stream()
          .filter(input -> gradients.of(input).isEmpty())
          .findFirst()
          .ifPresent(this::refuseUnconnected);
      graph.output(rows, ElementType.FLOAT, shapeOfRows(shape));
      Value lossOutput = graph.output("loss", written.loss());
      Map<String, String> outputs = new LinkedHashMap<>();
      for (String input : inputs) {
        String name = inputs.size() == 1 ? "gradient" : input + "_gradient";
        outputs.put(input, graph.output(name, gradients.of(input).orElseThrow()).name());
      }
      graph.prune();
      return new DifferentiatedModel(
          Simplifier.forRuntimes(graph.build(original.name())),
          inputs.get(0),
          written.input().name(),
          rows.name(),
          lossOutput.name(),
          outputs.get(inputs.get(0)),
          outputs,
          gradients.approximations());
    }

    private void checkInput(String input) {
      BackwardPass.checkSource(original, input);
      if (input.equals(logits)) {
        throw new OnnxFormatException(
            original.name()
                + ": the logits '"
                + logits
                + "' are the input itself; name the value that holds the scores");
      }
    }

    private void checkLogits() {
      if (!original.knows(logits)) {
        throw new OnnxFormatException(original.name() + ": has no value '" + logits + "'");
      }
    }

    private Value asRows(GraphEditor graph, Value scores, Optional<Shape> shape) {
      int rank = shape.map(Shape::rank).orElse(-1);
      if (rank == 0 || rank == 1) {
        throw new OnnxFormatException(
            original.name()
                + ": the logits '"
                + logits
                + "' have shape "
                + shape.orElseThrow()
                + "; one row of scores per image is needed, [N, K]");
      }
      return rank == 2 ? scores : graph.node("Flatten", scores).with("axis", 1).output();
    }

    private LossWriter.Written writeLoss(GraphEditor graph, Value rows, Optional<Shape> shape) {
      Shape known = shapeOfRows(shape);
      Dimension batch = known == null ? Dimension.named("N") : known.axis(0);
      Dimension classes = known == null ? Dimension.UNKNOWN : known.axis(1);
      if (classes.size() == 1 && !(loss instanceof AttackLoss.Cotangent)) {
        throw new OnnxFormatException(
            original.name()
                + ": the logits '"
                + logits
                + "' have one class; a classifier has at least two");
      }
      if (classes.size() > MOST_CLASSES) {
        throw new OnnxFormatException(
            original.name()
                + ": the logits '"
                + logits
                + "' have "
                + classes
                + " classes, more than "
                + MOST_CLASSES);
      }
      return new LossWriter(graph, rows, batch, classes).write(loss);
    }

    private Shape shapeOfRows(Optional<Shape> shape) {
      return shape
          .map(
              known -> {
                if (known.rank() == 2) {
                  return known;
                }
                Shape rest = new Shape(known.dimensions().subList(1, known.rank()));
                return Shape.of(
                    known.axis(0),
                    rest.isFixed() ? Dimension.of(rest.elements()) : Dimension.UNKNOWN);
              })
          .orElse(null);
    }

    private void refuseUnconnected(String input) {
      throw new OnnxFormatException(
          original.name()
              + ": no gradient of the logits '"
              + logits
              + "' reaches the input '"
              + input
              + "'");
    }
  }
}
