package io.hone.network;

import io.hone.api.stability.Stability;
import java.util.List;

/**
 * Builds a network in some graph language, layer by layer.
 *
 * <p>A new kind of layer adds a method here, so that no language can forget it.
 *
 * @param <V> a value of that language
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public interface LayerEmitter<V> {
  /** Returns the convolution of a value, with its activation. */
  V convolution(Stage stage, Layer.Convolution layer, V input);

  /** Returns a value times a matrix, with bias and activation. */
  V dense(Stage stage, Layer.Dense layer, V input);

  /** Returns a value normalised per channel. */
  V batchNormalization(Stage stage, Layer.BatchNormalization layer, V input);

  /** Returns the largest value of each window. */
  V maxPooling(Stage stage, Layer.MaxPooling layer, V input);

  /** Returns the mean of each window. */
  V averagePooling(Stage stage, Layer.AveragePooling layer, V input);

  /** Returns one feature per channel. */
  V globalPooling(Stage stage, GlobalPooling layer, V input);

  /** Returns a value with each pixel repeated. */
  V upSampling(Stage stage, Layer.UpSampling layer, V input);

  /** Returns a value with its channels made to blocks of pixels. */
  V pixelShuffle(Stage stage, PixelShuffle layer, V input);

  /** Returns a value some of whose numbers are left out where the network learns. */
  V dropout(Stage stage, Layer.Dropout layer, V input);

  /** Returns the features of a value in one row. */
  V flatten(Stage stage, V input);

  /** Returns the activation of a value. */
  V activated(Stage stage, Activated layer, V input);

  /** Returns a value whose negative numbers are multiplied by a fixed slope. */
  V leakyRelu(Stage stage, LeakyRelu layer, V input);

  /** Returns a value whose negative numbers are multiplied by learned slopes. */
  V prelu(Stage stage, PRelu layer, V input);

  /** Returns a value times a learned number. */
  V gain(Stage stage, Gain layer, V input);

  /** Returns the sum of two values. */
  V add(Stage stage, V first, V second);

  /** Returns the product of two values, of which one may have one channel. */
  V multiply(Stage stage, V first, V second);

  /** Returns the channels of values behind one another. */
  V concatenate(Stage stage, List<V> inputs);

  /** Returns the values that each pixel of the queries attends to. */
  V attention(Stage stage, V queries, V keys, V values);
}
