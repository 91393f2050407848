package io.hone.onnx.memory;

import io.hone.onnx.graph.ConstantTensor;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The bytes that a graph's values need at the same time while it runs, told from their shapes: a
 * value lives from the node that writes it to the last one that reads it. A runtime's own buffers
 * are not known here: ONNX Runtime's peak was measured at 0.9 to 1.5 times the estimate, and some
 * 20 MB more, which only tiny networks notice.
 *
 * @param weights bytes of the constants
 * @param fixed bytes that any number of images needs
 * @param perImage bytes that each image adds
 * @param guessed how many values are of unknown shape; each counts as large as the largest value
 *     that its node reads
 */
public record MemoryEstimate(long weights, long fixed, long perImage, int guessed) {
  /** Far enough apart that the place of the peak for many images tells the slope. */
  private static final int MANY = 64;

  /**
   * Estimates a graph of opset 18.
   *
   * @param inputs shapes of inputs for one image, batch axis first; what is not named is taken as
   *     the model declares it
   */
  public static MemoryEstimate of(OnnxModel model, Map<String, Shape> inputs) {
    return of(model, inputs, input -> true);
  }

  /**
   * Estimates a graph of opset 18, some of whose inputs are not images, such as weights.
   *
   * @param inputs as in {@link #of(OnnxModel, Map)}
   * @param counting whether the first axis of an input counts images
   */
  public static MemoryEstimate of(
      OnnxModel model, Map<String, Shape> inputs, Predicate<String> counting) {
    Peak one = Peak.of(withImages(model, inputs, counting, 1));
    Peak many = Peak.of(withImages(model, inputs, counting, MANY));
    long perImage = Math.max(0, many.bytes() - one.bytes() + MANY - 2) / (MANY - 1);
    return new MemoryEstimate(
        weights(model), Math.max(0, one.bytes() - perImage), perImage, many.guessed());
  }

  /**
   * Estimates a graph of opset 18 that takes exactly the number of images it declares.
   *
   * @param inputs shapes of inputs, batch axis first
   */
  public static MemoryEstimate ofFixedBatch(
      OnnxModel model, Map<String, Shape> inputs, int images) {
    Peak peak = Peak.of(withImages(model, inputs, input -> true, images));
    long perImage = (peak.bytes() + images - 1) / images;
    return new MemoryEstimate(weights(model), 0, perImage, peak.guessed());
  }

  /** Returns the bytes that so many images need, the weights left out. */
  public long forImages(long images) {
    return Sizes.sum(fixed, Sizes.product(perImage, images));
  }

  /** Returns how many images fit into so many bytes; at least 0. */
  public long imagesWithin(long bytes) {
    return perImage == 0 ? Long.MAX_VALUE : Math.max(0, bytes - fixed) / perImage;
  }

  private static long weights(OnnxModel model) {
    long sum = 0;
    for (ConstantTensor constant : model.constants().values()) {
      sum = Sizes.sum(sum, Sizes.bytes(constant.shape(), constant.type()).orElse(0));
    }
    return sum;
  }

  private static OnnxModel withImages(
      OnnxModel model, Map<String, Shape> inputs, Predicate<String> counting, int images) {
    GraphEditor graph = GraphEditor.of(model);
    graph.replaceInputs(
        input -> {
          Shape shape = inputs.getOrDefault(input.name(), input.shape().orElse(null));
          return shape == null || shape.rank() == 0 || !counting.test(input.name())
              ? input
              : new TensorInfo(
                  input.name(), input.type(), Optional.of(shape.with(0, Dimension.of(images))));
        });
    graph.replaceOutputs(output -> new TensorInfo(output.name(), output.type(), Optional.empty()));
    return graph.build(model.name());
  }
}
