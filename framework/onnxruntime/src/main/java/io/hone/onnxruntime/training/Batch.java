package io.hone.onnxruntime.training;

import io.hone.api.data.Tensor;
import io.hone.onnxruntime.session.Feed;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The examples of a step. All have a row for each example.
 *
 * @param images as the trained model takes them
 * @param targets by the input of a part of the loss: what is compared with
 * @param classes by the input of a part of the loss: true classes
 * @param masks by the input of a Dropout: what it multiplies by
 */
public record Batch(
    Tensor images,
    Map<String, Tensor> targets,
    Map<String, int[]> classes,
    Map<String, Tensor> masks) {
  /** Copies the maps. */
  public Batch {
    targets = Map.copyOf(targets);
    classes = Map.copyOf(classes);
    masks = Map.copyOf(masks);
  }

  /** Returns a batch of images and true classes. */
  public static Batch ofClasses(Tensor images, String input, int[] classes) {
    return new Batch(images, Map.of(), Map.of(input, classes), Map.of());
  }

  /** Returns the number of examples. */
  public int size() {
    return images.rows();
  }

  /** Returns what a graph is fed for rows {@code from} to {@code to} (exclusive). */
  Feed rows(String image, int from, int to) {
    Map<String, Tensor> tensors = new LinkedHashMap<>(targets);
    tensors.putAll(masks);
    tensors.put(image, images);
    return new Feed(tensors, classes).rows(from, to);
  }
}
