package io.hone.onnx.training;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The constants of a model that can be trained, and the model with them as inputs, and with other
 * numbers in them. Immutable.
 *
 * <pre>{@code
 * TrainableWeights weights = TrainableWeights.of(model, "logits");
 * OnnxModel opened = weights.open();                // each weight is an input of its name
 * ...                                               // compute others
 * OnnxModel trained = weights.close(Map.of("conv1.weight", numbers));
 * }</pre>
 */
public final class TrainableWeights {
  private final OnnxModel model;
  private final List<Weight> weights;
  private final List<Weight> numbers;
  private final Set<String> statistics;
  private final Map<String, ConstantTensor> contents = new LinkedHashMap<>();
  private final List<String> notes;

  TrainableWeights(
      OnnxModel model,
      List<Weight> weights,
      List<Weight> numbers,
      Set<String> statistics,
      List<String> notes,
      Map<String, ConstantTensor> constants) {
    this.model = model;
    this.weights = List.copyOf(weights);
    this.numbers = List.copyOf(numbers);
    this.statistics = Collections.unmodifiableSet(statistics);
    this.notes = List.copyOf(notes);
    contents.putAll(constants);
    contents.keySet().removeIf(name -> !statistics.contains(name) && find(name).isEmpty());
  }

  /**
   * Finds the float constants whose small changes reach a value.
   *
   * @param model of any opset and exporter
   * @param output the value that a loss is computed of, such as the logits
   * @throws UntrainableModelException if there is none, or if a weight is of half or double
   *     precision, quantised, or read inside a subgraph
   * @throws OnnxFormatException if the model has no such value
   */
  public static TrainableWeights of(OnnxModel model, String output) {
    TrainableWeights found = new WeightSurvey(model, output).survey();
    if (found.weights.isEmpty()) {
      throw new UntrainableModelException(
          model.name()
              + ": no float weight reaches '"
              + output
              + "', so there is nothing to train; name a value behind the weights, or export the"
              + " model with its weights as initialisers in single precision");
    }
    return found;
  }

  /**
   * Returns the weights, in the order of the model: initialisers, then Constant nodes. None is of
   * the kind {@link WeightKind#NUMBER}.
   */
  public List<Weight> weights() {
    return weights;
  }

  /** Returns single numbers of formulas, which can be opened by name but seldom should be. */
  public List<Weight> numbers() {
    return numbers;
  }

  /**
   * Returns the names of means and variances that batch normalisations are given. They can be
   * {@link #close closed} with other numbers, but are no weights.
   */
  public Set<String> statistics() {
    return statistics;
  }

  /** Returns what a user should know of, one sentence each, such as weights that stay. */
  public List<String> notes() {
    return notes;
  }

  /** Returns the weight or number of a name. */
  public Optional<Weight> find(String name) {
    return Stream.concat(weights.stream(), numbers.stream())
        .filter(weight -> weight.name().equals(name))
        .findFirst();
  }

  /**
   * Returns what the model holds in a weight, a number or a statistic, in row-major order.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public float[] content(String name) {
    return tensor(name).toFloats();
  }

  /** Returns the model with all {@link #weights()} as inputs; see {@link #open(Collection)}. */
  public OnnxModel open() {
    return open(weights.stream().map(Weight::name).toList());
  }

  /**
   * Returns the model with some weights as further float inputs, of fixed shape and in the order
   * given. They keep their names; nothing else changes.
   *
   * @throws IllegalArgumentException if a name is neither a weight nor a number
   */
  public OnnxModel open(Collection<String> names) {
    List<Weight> opened = new ArrayList<>();
    for (String name : names) {
      opened.add(
          find(name)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          model.name()
                              + ": has no weight '"
                              + name
                              + "'; it has "
                              + weights.stream().map(Weight::name).toList())));
    }
    return WeightPorts.open(model, ports(opened));
  }

  /**
   * Returns the model with some weights and all {@link #statistics()} as further float inputs, so
   * that it can be run in the form of inference while its weights change.
   *
   * @param names as {@link #open(Collection)} takes them
   */
  public OnnxModel openWithStatistics(Collection<String> names) {
    Map<String, Shape> opened = new LinkedHashMap<>();
    names.forEach(name -> opened.put(name, tensor(name).shape()));
    statistics.forEach(name -> opened.put(name, tensor(name).shape()));
    return WeightPorts.open(model, opened);
  }

  private static Map<String, Shape> ports(List<Weight> weights) {
    Map<String, Shape> ports = new LinkedHashMap<>();
    weights.forEach(weight -> ports.put(weight.name(), weight.shape()));
    return ports;
  }

  /**
   * Returns the original model with other numbers in some weights, numbers or statistics. All else
   * stays, order and opset included; weights that were in files beside the model are inside.
   *
   * @param contents by name, in row-major order; what is not named keeps its numbers
   * @throws IllegalArgumentException if a name is unknown, a content has another length than the
   *     weight, or holds what is no finite number
   */
  public OnnxModel close(Map<String, float[]> contents) {
    Map<String, ConstantTensor> changed = new LinkedHashMap<>();
    contents.forEach((name, content) -> changed.put(name, checked(name, content)));
    return WeightPorts.close(model, changed);
  }

  private ConstantTensor checked(String name, float[] content) {
    ConstantTensor old = tensor(name);
    long length = old.shape().elements();
    if (content.length != length) {
      throw new IllegalArgumentException(
          model.name()
              + ": '"
              + name
              + "' of shape "
              + old.shape()
              + " takes "
              + length
              + " numbers, not "
              + content.length);
    }
    for (int i = 0; i < content.length; i++) {
      if (!Float.isFinite(content[i])) {
        throw new IllegalArgumentException(
            model.name()
                + ": number "
                + i
                + " of '"
                + name
                + "' is "
                + content[i]
                + "; keep an earlier checkpoint, and train with a lower rate");
      }
    }
    return ConstantTensor.floats(content, old.shape().sizes());
  }

  private ConstantTensor tensor(String name) {
    ConstantTensor tensor = contents.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          model.name() + ": has no weight or statistic '" + name + "'");
    }
    return tensor;
  }
}
