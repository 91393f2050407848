package io.hone.onnx.training;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.gradient.BackwardPass;
import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.training.WeightRoles.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks through the constants of a model for those that can be trained. */
final class WeightSurvey {
  private final OnnxModel model;
  private final String output;
  private final OnnxModel canonical;
  private final WeightRoles roles;
  private final Map<String, ConstantTensor> constants;

  WeightSurvey(OnnxModel model, String output) {
    this.model = model;
    this.output = output;
    this.canonical = CanonicalForm.of(model).model();
    this.roles = new WeightRoles(canonical);
    this.constants = WeightPorts.constants(model);
    if (!canonical.knows(output)) {
      throw new OnnxFormatException(model.name() + ": has no value '" + output + "'");
    }
  }

  TrainableWeights survey() {
    List<Weight> weights = new ArrayList<>();
    List<Weight> numbers = new ArrayList<>();
    Set<String> statistics = new LinkedHashSet<>();
    for (String name : reaching(candidates())) {
      ConstantTensor tensor = constants.get(name);
      Set<Role> found = roles.of(name);
      if (found.stream().allMatch(role -> role == Role.SETTING)) {
        continue;
      }
      if (found.stream().allMatch(role -> role == Role.STATISTIC)) {
        if (tensor.type() == ElementType.FLOAT) {
          statistics.add(name);
        }
        continue;
      }
      WeightKind kind = kind(found, tensor.shape().elements());
      if (kind == WeightKind.NUMBER) {
        if (tensor.type() == ElementType.FLOAT) {
          numbers.add(new Weight(name, tensor.shape(), kind));
        }
        continue;
      }
      check(name, tensor, found);
      if (isMask(tensor)) {
        continue;
      }
      weights.add(new Weight(name, tensor.shape(), kind));
    }
    return new TrainableWeights(model, weights, numbers, statistics, notes(), constants);
  }

  /** Returns the constants that are, or stand for, real numbers. */
  private List<String> candidates() {
    Map<String, ConstantTensor> candidates = new LinkedHashMap<>(constants);
    candidates
        .values()
        .removeIf(
            tensor ->
                !tensor.type().isFloating()
                    && tensor.type() != ElementType.INT8
                    && tensor.type() != ElementType.UINT8);
    return List.copyOf(candidates.keySet());
  }

  private List<String> reaching(List<String> values) {
    return BackwardPass.reaching(OpsetRaiser.raise(canonical), values, List.of(output));
  }

  private static WeightKind kind(Set<Role> found, long elements) {
    for (WeightKind kind : WeightKind.values()) {
      if (found.stream().anyMatch(role -> role.name().equals(kind.name()))) {
        return kind;
      }
    }
    return elements == 1 ? WeightKind.NUMBER : WeightKind.OTHER;
  }

  /** What is infinite somewhere hides places from a softmax, and is no weight. */
  private static boolean isMask(ConstantTensor tensor) {
    for (float number : tensor.toFloats()) {
      if (!Float.isFinite(number)) {
        return true;
      }
    }
    return false;
  }

  private void check(String name, ConstantTensor tensor, Set<Role> found) {
    if (tensor.isExternal()) {
      throw new UntrainableModelException(
          model.name()
              + ": the weight '"
              + name
              + "' is in another file; read the model from its file, and not from its bytes alone");
    }
    if (!tensor.type().isFloating()) {
      throw new UntrainableModelException(
          model.name()
              + ": the weight '"
              + name
              + "' is quantised ("
              + tensor.type()
              + "); export the model in single precision");
    }
    if (tensor.type() != ElementType.FLOAT) {
      throw new UntrainableModelException(
          model.name()
              + ": the weight '"
              + name
              + "' is of type "
              + tensor.type()
              + "; only FLOAT can be trained, so export the model in single precision");
    }
    if (found.contains(Role.CAPTURED)) {
      throw new UntrainableModelException(
          model.name()
              + ": the weight '"
              + name
              + "' is read inside the "
              + roles.capturing(name).map(Node::describe).orElse("subgraph of a node")
              + ", whose runs depend on the image; export the model without it");
    }
  }

  /** Names what branches and functions hold, which has no place among the model's constants. */
  private List<String> notes() {
    List<String> inside =
        WeightPorts.constants(canonical).entrySet().stream()
            .filter(entry -> !constants.containsKey(entry.getKey()))
            .filter(entry -> entry.getValue().type() == ElementType.FLOAT)
            .filter(entry -> entry.getValue().shape().elements() > 1)
            .map(Map.Entry::getKey)
            .toList();
    List<String> listed =
        canonical.nodes().stream()
            .filter(node -> node.is("Constant") && node.has("value_floats"))
            .map(node -> node.output(0).name())
            .toList();
    List<String> notes = new ArrayList<>();
    List<String> staying = reaching(inside);
    if (!staying.isEmpty()) {
      notes.add(
          "The weights "
              + staying
              + " are inside a branch or a function of the model; they are not trained, and stay as"
              + " they are.");
    }
    List<String> lists = reaching(listed);
    if (!lists.isEmpty()) {
      notes.add(
          "Constant nodes write "
              + lists
              + " from attributes; they are not trained, and stay as they are.");
    }
    return notes;
  }
}
