package io.hone.onnx.simplify;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Multiplies a batch normalisation into the kernel of the convolution that it alone reads. */
final class FoldedBatchNormalization implements Pass {
  @Override
  public void apply(Uses uses, GraphEditor graph) {
    List<Node> result = new ArrayList<>();
    Set<Node> folded = new HashSet<>();
    for (Node node : graph.nodes()) {
      Optional<Node> convolution =
          node.is("BatchNormalization") && node.integer("training_mode", 0) == 0
              ? uses.model()
                  .producer(node.input(0))
                  .filter(producer -> producer.is("Conv"))
                  .filter(producer -> uses.hasOneReader(producer.output(0)))
              : Optional.empty();
      Optional<Node> joined = convolution.flatMap(conv -> fold(conv, node, graph));
      joined.ifPresent(
          replacement -> {
            folded.add(convolution.orElseThrow());
            result.add(replacement);
          });
      if (joined.isEmpty()) {
        result.add(node);
      }
    }
    result.removeAll(folded);
    graph.setNodes(result);
  }

  private static Optional<Node> fold(Node convolution, Node normalization, GraphEditor graph) {
    ConstantTensor kernel = graph.constantOf(convolution.input(1));
    Value biasInput = convolution.input(2);
    ConstantTensor bias = graph.constantOf(biasInput);
    List<ConstantTensor> statistics = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      statistics.add(graph.constantOf(normalization.input(i)));
    }
    if (!isFloat(kernel)
        || !statistics.stream().allMatch(FoldedBatchNormalization::isFloat)
        || !(biasInput.isAbsent() || isFloat(bias))) {
      return Optional.empty();
    }
    float[] scale = statistics.get(0).toFloats();
    float[] shift = statistics.get(1).toFloats();
    float[] mean = statistics.get(2).toFloats();
    float[] variance = statistics.get(3).toFloats();
    double epsilon = normalization.number("epsilon", 1e-5f);
    float[] weights = kernel.toFloats();
    float[] biases = biasInput.isAbsent() ? new float[scale.length] : bias.toFloats();
    long channels = kernel.shape().rank() == 0 ? 0 : kernel.shape().axis(0).size();
    for (float[] numbers : List.of(scale, shift, mean, variance, biases)) {
      if (numbers.length != channels) {
        return Optional.empty();
      }
    }
    int perChannel = channels == 0 ? 0 : weights.length / scale.length;
    for (int channel = 0; channel < scale.length; channel++) {
      double factor = scale[channel] / Math.sqrt(variance[channel] + epsilon);
      for (int i = channel * perChannel; i < (channel + 1) * perChannel; i++) {
        weights[i] = (float) (weights[i] * factor);
      }
      biases[channel] =
          (float) ((biases[channel] - (double) mean[channel]) * factor + shift[channel]);
    }
    Value foldedKernel =
        graph.constant(
            convolution.input(1).name() + "_folded",
            ConstantTensor.floats(weights, kernel.shape().sizes()));
    Value foldedBias =
        graph.constant(
            convolution.input(1).name() + "_bias", ConstantTensor.floats(biases, biases.length));
    return Optional.of(
        convolution
            .withInputs(List.of(convolution.input(0), foldedKernel, foldedBias))
            .withOutputs(normalization.outputs()));
  }

  private static boolean isFloat(ConstantTensor tensor) {
    return tensor != null && tensor.type() == ElementType.FLOAT && !tensor.isExternal();
  }
}
