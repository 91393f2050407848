package io.hone.onnx.gradient;

import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.shape.Shapes;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the gradients of some values of a graph to some of its inputs.
 *
 * <p>The values, called ends, may be any: logits, or what lies between them and the inputs. Each
 * comes with a seed, which is the gradient of what is minimised to that end. The gradients of all
 * ends add up.
 *
 * <pre>{@code
 * OnnxModel model = Simplifier.forDifferentiation(opened, Set.of("logits"));
 * GraphEditor graph = GraphEditor.of(model);
 * Value seed = ... // nodes that compute the gradient of the loss to the logits
 * BackwardPass.Gradients gradients =
 *     BackwardPass.of(model, weights).write(graph, Map.of("logits", seed));
 * graph.output("gradient", gradients.of("weight").orElseThrow());
 * OnnxModel runnable = Simplifier.forRuntimes(graph.build("training"));
 * }</pre>
 */
public final class BackwardPass {
  private static final Purpose TRAINING =
      new Purpose(
          "what is trained and the loss",
          "Export the model without this operator, train only weights behind it, or add a rule for"
              + " it to the GradientRegistry");

  private final OnnxModel model;
  private final List<String> sources;
  private final GradientRegistry registry;
  private final Shapes shapes;
  private final Purpose purpose;

  BackwardPass(
      OnnxModel model,
      Collection<String> sources,
      GradientRegistry registry,
      Shapes shapes,
      Purpose purpose) {
    this.model = model;
    this.sources = List.copyOf(sources);
    this.registry = registry;
    this.shapes = shapes;
    this.purpose = purpose;
    sources.forEach(source -> checkSource(model, source));
  }

  /**
   * What messages say of a node that cannot be differentiated.
   *
   * @param where between what the node is
   * @param advice what to do about it, a sentence without a full stop
   */
  record Purpose(String where, String advice) {}

  /**
   * Starts from a model of opset 18, as {@link io.hone.onnx.simplify.Simplifier#forDifferentiation}
   * returns it.
   *
   * @param sources float inputs that receive gradients
   * @throws OnnxFormatException if the model has no such float input
   */
  public static BackwardPass of(OnnxModel model, Collection<String> sources) {
    return of(model, sources, StandardGradients.registry());
  }

  /** Starts with a registry of one's own; see {@link #of(OnnxModel, Collection)}. */
  public static BackwardPass of(
      OnnxModel model, Collection<String> sources, GradientRegistry registry) {
    return new BackwardPass(model, sources, registry, Shapes.of(model), TRAINING);
  }

  /**
   * Returns those of some values whose small changes reach an end, in the order given. The values
   * may be constants too.
   *
   * @param model of opset 18
   */
  public static List<String> reaching(
      OnnxModel model, Collection<String> values, Collection<String> ends) {
    GradientPath path =
        new GradientPath(model, Shapes.of(model), StandardGradients.registry(), values, ends);
    return values.stream().filter(value -> path.wants(new Value(value))).toList();
  }

  static void checkSource(OnnxModel model, String source) {
    TensorInfo input =
        model
            .input(source)
            .orElseThrow(
                () ->
                    new OnnxFormatException(
                        model.name()
                            + ": has no input '"
                            + source
                            + "', only "
                            + model.inputs().stream().map(TensorInfo::name).toList()));
    if (input.type() != ElementType.FLOAT) {
      throw new OnnxFormatException(
          model.name()
              + ": the input '"
              + source
              + "' takes "
              + input.type()
              + "; only FLOAT can be differentiated, so export the model in single precision");
    }
  }

  /**
   * Writes the backward pass behind what the graph has.
   *
   * @param graph an editor of the model, which may have further nodes and inputs, such as losses
   * @param seeds by the name of each end a gradient, shaped as the end
   * @throws OnnxFormatException if the model has no such end
   * @throws UncoveredOperatorException if an operator on the way has no gradient
   */
  public Gradients write(GraphEditor graph, Map<String, Value> seeds) {
    for (String end : seeds.keySet()) {
      if (!model.knows(end)) {
        throw new OnnxFormatException(model.name() + ": has no value '" + end + "'");
      }
    }
    GradientPath path = new GradientPath(model, shapes, registry, sources, seeds.keySet());
    Differentiator differentiator =
        new Differentiator(model, registry, path, shapes, graph, purpose);
    differentiator.differentiate(seeds);
    Map<String, Value> gradients = new LinkedHashMap<>();
    for (String source : sources) {
      differentiator
          .gradientOf(new Value(source))
          .ifPresent(gradient -> gradients.put(source, gradient));
    }
    return new Gradients(gradients, differentiator.approximations());
  }

  /**
   * What a backward pass wrote.
   *
   * @param values by the name of each source its gradient, shaped as the source; a source from
   *     which no change reaches an end has none
   * @param approximations the nodes whose slopes are not the true ones, in the order of the model
   */
  public record Gradients(
      Map<String, Value> values, List<DifferentiatedModel.Approximation> approximations) {
    /** Copies the collections. */
    public Gradients {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
      approximations = List.copyOf(approximations);
    }

    /** Returns the gradient of a source; empty where no change of it reaches an end. */
    public Optional<Value> of(String source) {
      return Optional.ofNullable(values.get(source));
    }
  }
}
