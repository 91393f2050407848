package io.hone.onnx.gradient;

import io.hone.onnx.graph.OnnxModel;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A graph that returns logits, loss and gradients in one pass, and the names to feed and fetch.
 *
 * @param model of opset 18
 * @param image the input that is differentiated, the first of several; float, named and shaped as
 *     in the original model
 * @param lossInput the classes, 64-bit integers {@code [N]}, each from 0 to K - 1; for {@link
 *     AttackLoss.Cotangent} the cotangent, float {@code [N, K]}
 * @param logits output, float {@code [N, K]}
 * @param loss output, float {@code [N]}: each image's own loss
 * @param gradient output, float, shaped as the image: of each image's own loss to that image
 * @param gradients for each differentiated input, in the order asked for, the output that holds the
 *     gradient of the sum of all images' losses to it, shaped as the input; {@code gradient} is the
 *     first
 * @param approximations the nodes whose slopes are not the true ones, in the order of the model
 */
public record DifferentiatedModel(
    OnnxModel model,
    String image,
    String lossInput,
    String logits,
    String loss,
    String gradient,
    Map<String, String> gradients,
    List<Approximation> approximations) {
  /** Copies the collections. */
  public DifferentiatedModel {
    gradients = Collections.unmodifiableMap(new LinkedHashMap<>(gradients));
    approximations = List.copyOf(approximations);
  }

  /**
   * One node through which the gradient passes in another way than its true slope tells.
   *
   * @param operator of ONNX's own domain, such as {@code QuantizeLinear}
   * @param node its name, or the name of its first output where it has none
   * @param text what was taken in place of the slope, in words for the user
   */
  public record Approximation(String operator, String node, String text) {}
}
