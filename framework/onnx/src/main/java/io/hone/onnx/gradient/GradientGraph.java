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
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.simplify.Simplifier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Entry point of the library: differentiates an ONNX classifier to its input.
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

    private final OnnxModel original;
    private String input;
    private String logits;
    private AttackLoss loss = AttackLoss.crossEntropy(false);
    private GradientRegistry registry = StandardGradients.registry();
    private boolean followShapes = true;

    private Builder(OnnxModel model) {
      this.original = CanonicalForm.of(model).model();
      this.input = model.inputs().get(0).name();
      this.logits = model.outputs().get(0).name();
    }

    /** Names the input to differentiate; default: the first. */
    public Builder input(String name) {
      this.input = name;
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
      checkNames();
      OnnxModel model = Simplifier.forDifferentiation(original, Set.copyOf(List.of(input, logits)));
      Shapes shapes = Shapes.of(model);
      GradientPath path = new GradientPath(model, shapes, registry, input, logits);
      GraphEditor graph = GraphEditor.of(model);
      graph.clearOutputs();
      Value scores = new Value(logits);
      Optional<Shape> shape = shapes.of(scores);
      Value rows = asRows(graph, scores, shape);
      LossWriter.Written written = writeLoss(graph, rows, shape);
      Differentiator differentiator =
          new Differentiator(
              model, registry, path, followShapes ? shapes : Shapes.ranksOnly(model), graph);
      Value seed =
          rows.equals(scores)
              ? written.gradient()
              : graph.op("Reshape", written.gradient(), graph.op("Shape", scores));
      Value gradient =
          differentiator
              .differentiate(scores, seed, new Value(input))
              .orElseThrow(this::notConnected);
      graph.output(rows, ElementType.FLOAT, shapeOfRows(shape));
      Value lossOutput = graph.output("loss", written.loss());
      Value gradientOutput = graph.output("gradient", gradient);
      graph.prune();
      return new DifferentiatedModel(
          Simplifier.forRuntimes(graph.build(original.name())),
          input,
          written.input().name(),
          rows.name(),
          lossOutput.name(),
          gradientOutput.name(),
          differentiator.approximations());
    }

    private void checkNames() {
      TensorInfo image =
          original
              .input(input)
              .orElseThrow(
                  () ->
                      new OnnxFormatException(
                          original.name()
                              + ": has no input '"
                              + input
                              + "', only "
                              + original.inputs().stream().map(TensorInfo::name).toList()));
      if (image.type() != ElementType.FLOAT) {
        throw new OnnxFormatException(
            original.name()
                + ": the input '"
                + input
                + "' takes "
                + image.type()
                + "; only FLOAT can be differentiated, so export the model in single precision");
      }
      if (input.equals(logits)) {
        throw new OnnxFormatException(
            original.name()
                + ": the logits '"
                + logits
                + "' are the input itself; name the value that holds the scores");
      }
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

    private OnnxFormatException notConnected() {
      return new OnnxFormatException(
          original.name()
              + ": no gradient of the logits '"
              + logits
              + "' reaches the input '"
              + input
              + "'");
    }
  }
}
