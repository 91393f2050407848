package io.hone.onnx.training.step;

import io.hone.onnx.gradient.BackwardPass;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.Value;
import io.hone.onnx.simplify.Simplifier;
import io.hone.onnx.training.BatchStatistics;
import io.hone.onnx.training.TrainableWeights;
import io.hone.onnx.training.TrainingForm;
import io.hone.onnx.training.UntrainableModelException;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.loss.ElementDistance;
import io.hone.onnx.training.loss.LossPart;
import io.hone.onnx.training.loss.LossPartWriter;
import io.hone.onnx.training.loss.LossPort;
import io.hone.onnx.training.update.UpdatePorts;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.onnx.training.update.UpdateWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Builds the graph of a training step from any ONNX model.
 *
 * <pre>{@code
 * TrainableWeights weights = TrainableWeights.of(model, "logits");
 * StepGraph step =
 *     TrainingGraph.of(weights)
 *         .loss(CrossEntropy.of("logits"))
 *         .update(UpdateRules.of(Adam.usual()))
 *         .build();
 * }</pre>
 *
 * <p>With {@link Builder#update} a run of the graph is a whole step. Without it, the graph gives
 * gradients, which {@link io.hone.onnx.training.update.UpdateGraph} adds up over the shards of a
 * batch.
 */
public final class TrainingGraph {
  private TrainingGraph() {}

  /** Starts with all weights, batch normalisations and Dropout in the form of training. */
  public static Builder of(TrainableWeights weights) {
    return new Builder(weights);
  }

  /** What the step does. */
  public static final class Builder {
    private final TrainableWeights weights;
    private final List<LossPart> losses = new ArrayList<>();
    private final Set<String> shown = new HashSet<>();
    private List<Weight> trained;
    private TrainingForm.Choice form = new TrainingForm.Choice(true, true);
    private Optional<UpdateRules> rules = Optional.empty();

    private Builder(TrainableWeights weights) {
      this.weights = weights;
      this.trained = weights.weights();
    }

    /**
     * Names what is trained; all else stays as it is. Default: all weights.
     *
     * @throws IllegalArgumentException if a name is neither a weight nor a number of the model, or
     *     there is none
     */
    public Builder train(Collection<String> names) {
      if (names.isEmpty()) {
        throw new IllegalArgumentException("name a weight at least");
      }
      this.trained =
          names.stream()
              .map(
                  name ->
                      weights
                          .find(name)
                          .orElseThrow(
                              () -> new IllegalArgumentException("there is no weight " + name)))
              .toList();
      return this;
    }

    /** Sets which operators take the form of training. Default: all. */
    public Builder form(TrainingForm.Choice choice) {
      this.form = choice;
      return this;
    }

    /** Adds a part of the loss. */
    public Builder loss(LossPart part) {
      losses.add(part);
      return this;
    }

    /** Makes a value of the network an output, such as the logits, for a look at the accuracy. */
    public Builder show(String value) {
      shown.add(value);
      return this;
    }

    /** Lets the graph make the step itself. */
    public Builder update(UpdateRules wanted) {
      this.rules = Optional.of(wanted);
      return this;
    }

    /**
     * Builds the graph.
     *
     * @throws UntrainableModelException if no part of the loss depends on a weight
     * @throws io.hone.onnx.gradient.UncoveredOperatorException if an operator between a weight and
     *     the loss has no gradient
     * @throws io.hone.onnx.graph.OnnxFormatException if a part of the loss does not fit its value
     */
    public StepGraph build() {
      if (losses.isEmpty()) {
        throw new IllegalArgumentException("a training needs a part of the loss at least");
      }
      List<String> names = trained.stream().map(Weight::name).toList();
      OnnxModel opened = weights.open(names);
      TrainingForm training = TrainingForm.of(opened, form);
      OnnxModel model = Simplifier.forDifferentiation(training.model(), kept(training));
      GraphEditor graph = GraphEditor.of(model);
      graph.clearOutputs();
      shown.forEach(name -> graph.output(new Value(name), ElementType.FLOAT, null));
      Value share = graph.input("share", ElementType.FLOAT, Shape.of(1L));
      Value ofOne = graph.op("Squeeze", share, graph.list(0));
      LossPartWriter writer = new LossPartWriter(model, graph, ofOne);
      List<LossPort> parts = losses.stream().map(writer::write).toList();
      Map<String, Value> gradients =
          BackwardPass.of(model, names).write(graph, writer.seeds()).values();
      checkReached(model, names, gradients);
      List<StatisticPort> statistics =
          training.statistics().stream().map(own -> statistic(graph, own)).toList();
      Optional<UpdatePorts> update =
          rules.map(wanted -> new UpdateWriter(graph, wanted).write(trained, gradients));
      Map<String, String> outputs = new LinkedHashMap<>();
      if (update.isEmpty()) {
        gradients.forEach(
            (name, value) -> outputs.put(name, graph.output(name + ".gradient", value).name()));
      }
      graph.prune();
      return new StepGraph(
          Simplifier.forRuntimes(graph.build(model.name())),
          opened.inputs().get(0).name(),
          share.name(),
          trained,
          parts,
          outputs,
          update,
          statistics,
          training.masks());
    }

    private Set<String> kept(TrainingForm training) {
      Set<String> kept = new HashSet<>(shown);
      losses.forEach(part -> kept.add(part.value()));
      losses.stream()
          .filter(ElementDistance.class::isInstance)
          .map(ElementDistance.class::cast)
          .forEach(part -> part.other().ifPresent(kept::add));
      training.statistics().forEach(own -> kept.add(own.image()));
      return kept;
    }

    private static void checkReached(
        OnnxModel model, List<String> names, Map<String, Value> gradients) {
      List<String> missing = names.stream().filter(name -> !gradients.containsKey(name)).toList();
      if (!missing.isEmpty()) {
        throw new UntrainableModelException(
            model.name()
                + ": no part of the loss depends on "
                + missing
                + "; leave these weights out, or add a loss of a value behind them");
      }
    }

    /** Running variances are of a population, of which the batch is a sample. */
    private static StatisticPort statistic(GraphEditor graph, BatchStatistics own) {
      Value mean = new Value(own.batchMean());
      Value variance = new Value(own.batchVariance());
      Value image = new Value(own.image());
      Value count = graph.op("Div", number(graph, image), number(graph, mean));
      Value fewer = graph.op("Max", graph.op("Sub", count, graph.scalar(1)), graph.scalar(1));
      Value unbiased = graph.op("Mul", variance, graph.op("Div", count, fewer));
      graph.output(mean, ElementType.FLOAT, null);
      Value output = graph.output(own.batchVariance() + "_unbiased", unbiased);
      return new StatisticPort(
          own.mean(), own.variance(), mean.name(), output.name(), own.momentum());
    }

    private static Value number(GraphEditor graph, Value value) {
      return graph
          .node("Cast", graph.op("Size", value))
          .with("to", ElementType.FLOAT.code())
          .output();
    }
  }
}
