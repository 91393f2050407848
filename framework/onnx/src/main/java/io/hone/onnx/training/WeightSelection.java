package io.hone.onnx.training;

import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Chooses which weights of a model are trained, by names and by the word {@code last}. */
public final class WeightSelection {
  /** The layer that makes the output. */
  public static final String LAST = "last";

  private static final int LISTED = 12;

  private final TrainableWeights weights;
  private final OnnxModel model;
  private final String output;

  /**
   * Creates the selection.
   *
   * @param weights of the model
   * @param model whose weights they are
   * @param output the value that {@code last} makes, such as the logits
   */
  public WeightSelection(TrainableWeights weights, OnnxModel model, String output) {
    this.weights = weights;
    this.model = model;
    this.output = output;
  }

  /**
   * Returns the names of what is chosen, in the order of the model.
   *
   * @param only names, names with {@code *} for any characters, or {@code last}; empty for all
   *     weights
   * @throws UntrainableModelException if an entry matches no weight
   */
  public List<String> names(List<String> only) {
    List<String> all = weights.weights().stream().map(Weight::name).toList();
    if (only.isEmpty()) {
      return all;
    }
    Set<String> chosen = new HashSet<>();
    for (String entry : only) {
      Set<String> found = entry.equals(LAST) ? last(all) : matching(entry, all);
      if (found.isEmpty()) {
        throw new UntrainableModelException(
            "%s: no weight is called '%s'; the model has %s"
                .formatted(model.name(), entry, listed(all)));
      }
      chosen.addAll(found);
    }
    return all.stream().filter(chosen::contains).toList();
  }

  private static String listed(List<String> all) {
    return all.size() <= LISTED
        ? all.toString()
        : "%s and %d more".formatted(all.subList(0, LISTED), all.size() - LISTED);
  }

  private static Set<String> matching(String entry, List<String> all) {
    Pattern pattern =
        Pattern.compile(
            List.of(entry.split("\\*", -1)).stream()
                .map(Pattern::quote)
                .collect(Collectors.joining(".*")));
    return all.stream().filter(name -> pattern.matcher(name).matches()).collect(Collectors.toSet());
  }

  /** Goes back from the output to the first node with a kernel; a bias may be added behind it. */
  private Set<String> last(List<String> all) {
    Set<String> found = new LinkedHashSet<>();
    Optional<Node> node = model.producer(new Value(output));
    while (node.isPresent()) {
      List<String> own = new ArrayList<>();
      Optional<Value> before = Optional.empty();
      for (Value input : node.get().inputs()) {
        Optional<String> weight = weight(input, all);
        weight.ifPresent(own::add);
        if (weight.isEmpty() && before.isEmpty() && model.producer(input).isPresent()) {
          before = Optional.of(input);
        }
      }
      found.addAll(own);
      if (own.stream().anyMatch(this::isKernel)) {
        return found;
      }
      node = before.flatMap(model::producer);
    }
    return found;
  }

  private boolean isKernel(String name) {
    return weights.find(name).filter(weight -> weight.kind() == WeightKind.KERNEL).isPresent();
  }

  /** Returns the weight that a value is, or is a view of. */
  private Optional<String> weight(Value value, List<String> all) {
    Value at = value;
    while (!all.contains(at.name())) {
      Optional<Node> view = model.producer(at).filter(node -> node.inputs().size() >= 1);
      if (view.isEmpty() || !(view.get().is("Transpose") || view.get().is("Identity"))) {
        return Optional.empty();
      }
      at = view.get().input(0);
    }
    return Optional.of(at.name());
  }
}
