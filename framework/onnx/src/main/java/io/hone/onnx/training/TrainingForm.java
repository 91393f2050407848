package io.hone.onnx.training;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnx.graph.Value;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The form in which a network is trained: batch normalisations take the statistics of their batch,
 * and Dropout multiplies by a mask that is fed.
 *
 * @param model of opset 18; its further outputs are the statistics, its further inputs the masks
 * @param statistics one entry for each batch normalisation in training form
 * @param masks one entry for each Dropout
 */
public record TrainingForm(
    OnnxModel model, List<BatchStatistics> statistics, List<DropoutMask> masks) {
  /** Copies the lists. */
  public TrainingForm {
    statistics = List.copyOf(statistics);
    masks = List.copyOf(masks);
  }

  /**
   * Which operators take the form of training.
   *
   * @param batchStatistics whether batch normalisations do whose scale or shift is an input; the
   *     others are frozen. Without it all keep the form that the file has
   * @param dropout whether Dropout does; without it, Dropout passes everything on
   */
  public record Choice(boolean batchStatistics, boolean dropout) {}

  /**
   * Brings a model with opened weights into training form.
   *
   * @param opened as {@link TrainableWeights#open} returns it
   * @throws UntrainableModelException if the ratio of a Dropout is no constant from 0 up to and not
   *     including 1, or nothing tells how many axes it reads
   * @throws io.hone.onnx.opset.OpsetException if the model cannot be brought to opset 18
   */
  public static TrainingForm of(OnnxModel opened, Choice choice) {
    return new Rewriting(opened, choice).rewrite();
  }

  /** One rewriting in progress. */
  private static final class Rewriting {
    private final OnnxModel model;
    private final Choice choice;
    private final GraphEditor graph;
    private final Shapes shapes;
    private final Map<String, Node> before = new HashMap<>();
    private final Set<String> trained = new HashSet<>();
    private final List<BatchStatistics> statistics = new ArrayList<>();
    private final List<DropoutMask> masks = new ArrayList<>();

    Rewriting(OnnxModel opened, Choice choice) {
      OnnxModel canonical = CanonicalForm.of(opened).model();
      this.model = OpsetRaiser.raise(canonical);
      this.choice = choice;
      this.graph = GraphEditor.of(model);
      this.shapes = Shapes.of(model);
      canonical.nodes().forEach(node -> node.writes().forEach(name -> before.put(name, node)));
      opened.inputs().stream().map(TensorInfo::name).forEach(trained::add);
    }

    TrainingForm rewrite() {
      graph.setNodes(List.of());
      for (Node node : model.nodes()) {
        if (node.is("Identity") && trained.contains(node.input(0).name())) {
          trained.add(node.output(0).name());
        }
        if (node.is("BatchNormalization")) {
          graph.add(normalization(node));
        } else if (node.is("Dropout")) {
          dropout(node);
        } else {
          graph.add(node);
        }
      }
      for (BatchStatistics own : statistics) {
        Shape channels = Shape.of(Dimension.UNKNOWN);
        outputOnce(own.batchMean(), channels);
        outputOnce(own.batchVariance(), channels);
      }
      return new TrainingForm(graph.build(model.name()), statistics, masks);
    }

    private void outputOnce(String name, Shape shape) {
      if (graph.outputs().stream().noneMatch(output -> output.name().equals(name))) {
        graph.output(new Value(name), ElementType.FLOAT, shape);
      }
    }

    private Node normalization(Node node) {
      boolean trains = node.integer("training_mode", 0) != 0;
      boolean isTrained =
          trained.contains(node.input(1).name()) || trained.contains(node.input(2).name());
      if (!trains && !(choice.batchStatistics() && isTrained)) {
        return node;
      }
      Value mean = outputOf(node, 1, "mean");
      Value variance = outputOf(node, 2, "variance");
      // Raising set the momentum to 0 where the file is in training form already.
      float momentum = before.getOrDefault(node.output(0).name(), node).number("momentum", 0.9f);
      statistics.add(
          new BatchStatistics(
              node.input(0).name(),
              origin(node.input(3)),
              origin(node.input(4)),
              mean.name(),
              variance.name(),
              momentum));
      return node.with("training_mode", 1)
          .with("momentum", 0f)
          .withOutputs(List.of(node.output(0), mean, variance));
    }

    /** Returns the constant that a value is, or that it is another name of. */
    private String origin(Value value) {
      Value at = value;
      Optional<Node> alias = model.producer(at).filter(node -> node.is("Identity"));
      while (alias.isPresent()) {
        at = alias.get().input(0);
        alias = model.producer(at).filter(node -> node.is("Identity"));
      }
      return at.name();
    }

    private Value outputOf(Node node, int index, String word) {
      return node.output(index).isAbsent()
          ? new Value(graph.freshName(node.output(0).name() + "_batch_" + word))
          : node.output(index);
    }

    private void dropout(Node node) {
      float ratio = choice.dropout() ? ratio(node) : 0;
      Value x = node.input(0);
      Value y = node.output(0);
      Value kept = node.output(1);
      if (ratio == 0) {
        graph.add(graph.node("Identity", x).into(List.of(y)));
        if (!kept.isAbsent()) {
          graph.add(graph.node("Equal", x, x).into(List.of(kept)));
        }
        return;
      }
      String wanted = (node.name().isEmpty() ? y.name() : node.name()) + "_mask";
      Value mask = graph.input(wanted, ElementType.FLOAT, shapeOf(node));
      masks.add(new DropoutMask(mask.name(), ratio));
      graph.add(graph.node("Mul", x, mask).into(List.of(y)));
      if (!kept.isAbsent()) {
        graph.add(graph.node("Greater", mask, graph.scalar(0)).into(List.of(kept)));
      }
    }

    /** Raising drops the ratio of old opsets, because it says nothing at inference. */
    private float ratio(Node node) {
      Node original = before.getOrDefault(node.output(0).name(), node);
      Value told = original.input(1);
      float ratio = original.number("ratio", 0.5f);
      if (!told.isAbsent()) {
        ratio =
            Optional.ofNullable(graph.constantOf(told))
                .filter(found -> found.type() == ElementType.FLOAT)
                .map(found -> found.toFloats()[0])
                .or(() -> shapes.content(told).map(found -> (float) found.number(0)))
                .orElseThrow(
                    () -> refuse(node, "has a ratio that is not constant; make it a constant"));
      }
      if (!(ratio >= 0 && ratio < 1)) {
        throw refuse(node, "has the ratio " + ratio + "; give it one from 0 to below 1");
      }
      return ratio;
    }

    private Shape shapeOf(Node node) {
      Shape shape =
          shapes
              .of(node.input(0))
              .orElseThrow(
                  () ->
                      refuse(
                          node,
                          "reads a value of unknown shape; export the model with shapes, or train"
                              + " without Dropout"));
      Shape port = shape;
      for (int axis = 0; axis < shape.rank(); axis++) {
        Dimension size = shape.axis(axis);
        if (!(size instanceof Dimension.Fixed) && !(size instanceof Dimension.Symbolic)) {
          port = port.with(axis, Dimension.UNKNOWN);
        }
      }
      return port;
    }

    private UntrainableModelException refuse(Node node, String reason) {
      return new UntrainableModelException(
          model.name() + ": the " + node.describe() + " " + reason);
    }
  }
}
