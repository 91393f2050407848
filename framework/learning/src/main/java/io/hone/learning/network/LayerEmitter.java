package io.hone.learning.network;

/**
 * Builds a network in some graph language, layer by layer.
 *
 * <p>A new kind of layer adds a method here, so that no language can forget it.
 *
 * @param <V> a value of that language
 */
public interface LayerEmitter<V> {
  /** Returns the convolution of a value, with bias and activation. */
  V convolution(Stage stage, Layer.Convolution layer, V input);

  /** Returns a value times a matrix, with bias and activation. */
  V dense(Stage stage, Layer.Dense layer, V input);

  /** Returns a value normalised per channel. */
  V batchNormalization(Stage stage, Layer.BatchNormalization layer, V input);

  /** Returns the largest value of each window. */
  V maxPooling(Stage stage, Layer.MaxPooling layer, V input);

  /** Returns the mean of each window. */
  V averagePooling(Stage stage, Layer.AveragePooling layer, V input);

  /** Returns a value with each pixel repeated. */
  V upSampling(Stage stage, Layer.UpSampling layer, V input);

  /** Returns a value some of whose numbers are left out where the network learns. */
  V dropout(Stage stage, Layer.Dropout layer, V input);

  /** Returns the features of a value in one row. */
  V flatten(Stage stage, V input);
}
