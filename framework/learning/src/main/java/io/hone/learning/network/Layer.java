package io.hone.learning.network;

import io.hone.api.data.ImageShape;
import io.hone.learning.network.WeightSpec.Start.Constant;
import io.hone.learning.network.WeightSpec.Start.GlorotUniform;
import java.util.List;
import java.util.Locale;

/** One layer of a network, before its place in the network is known. */
public sealed interface Layer {
  /** Returns the word that the layer's name starts with, such as {@code conv}. */
  String word();

  /** Returns the shape of the output; flat features are channels of one pixel. */
  ImageShape outputShape(ImageShape in);

  /** Returns the layer's weights at a place in a network. */
  default List<WeightSpec> weights(Stage stage) {
    return List.of();
  }

  /** Adds the layer to a graph. */
  <V> V emit(LayerEmitter<V> emitter, Stage stage, V input);

  /** Returns the layer in words, such as {@code Convolution 6 of 3x3, valid, relu}. */
  String describe();

  /**
   * A convolution with bias.
   *
   * @param filters channels of the output
   * @param kernel rows and columns of each window
   * @param stride rows and columns between windows
   */
  record Convolution(int filters, int kernel, int stride, Padding padding, Activation activation)
      implements Layer {
    @Override
    public String word() {
      return "conv";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return new ImageShape(
          filters,
          padding.outputSize(in.height(), kernel, stride),
          padding.outputSize(in.width(), kernel, stride));
    }

    @Override
    public List<WeightSpec> weights(Stage stage) {
      int channels = stage.in().channels();
      int window = kernel * kernel;
      return List.of(
          new WeightSpec(
              stage.weight("kernel"),
              List.of(kernel, kernel, channels, filters),
              new GlorotUniform(window * channels, window * filters),
              true),
          new WeightSpec(stage.weight("bias"), List.of(filters), new Constant(0), true));
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.convolution(stage, this, input);
    }

    @Override
    public String describe() {
      return "Convolution "
          + filters
          + " of "
          + kernel
          + "x"
          + kernel
          + (stride == 1 ? "" : ", stride " + stride)
          + ", "
          + lower(padding)
          + activated(activation);
    }
  }

  /**
   * A matrix with bias.
   *
   * @param units number of outputs
   */
  record Dense(int units, Activation activation) implements Layer {
    @Override
    public String word() {
      return "dense";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      if (in.pixels() != 1) {
        throw new IllegalArgumentException("flatten " + in + " before a dense layer");
      }
      return new ImageShape(units, 1, 1);
    }

    @Override
    public List<WeightSpec> weights(Stage stage) {
      int inputs = stage.in().channels();
      return List.of(
          new WeightSpec(
              stage.weight("matrix"),
              List.of(inputs, units),
              new GlorotUniform(inputs, units),
              true),
          new WeightSpec(stage.weight("bias"), List.of(units), new Constant(0), true));
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.dense(stage, this, input);
    }

    @Override
    public String describe() {
      return "Dense " + units + activated(activation);
    }
  }

  /**
   * Batch normalization per channel: Ioffe and Szegedy 2015. Statistics of the batch while
   * training, a moving average of them afterwards.
   *
   * @param epsilon added to the variance
   */
  record BatchNormalization(float epsilon) implements Layer {
    @Override
    public String word() {
      return "norm";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return in;
    }

    @Override
    public List<WeightSpec> weights(Stage stage) {
      List<Integer> shape = List.of(stage.in().channels());
      return List.of(
          new WeightSpec(stage.weight("gamma"), shape, new Constant(1), true),
          new WeightSpec(stage.weight("beta"), shape, new Constant(0), true),
          new WeightSpec(stage.weight("mean"), shape, new Constant(0), false),
          new WeightSpec(stage.weight("variance"), shape, new Constant(1), false));
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.batchNormalization(stage, this, input);
    }

    @Override
    public String describe() {
      return "BatchNormalization";
    }
  }

  /**
   * The largest value of each window; rows and columns that fill no window are dropped.
   *
   * @param size rows and columns of a window, which do not overlap
   */
  record MaxPooling(int size) implements Layer {
    @Override
    public String word() {
      return "pool";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return pooled(in, size);
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.maxPooling(stage, this, input);
    }

    @Override
    public String describe() {
      return "MaxPooling " + size + "x" + size;
    }
  }

  /**
   * The mean of each window; rows and columns that fill no window are dropped.
   *
   * @param size rows and columns of a window, which do not overlap
   */
  record AveragePooling(int size) implements Layer {
    @Override
    public String word() {
      return "pool";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return pooled(in, size);
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.averagePooling(stage, this, input);
    }

    @Override
    public String describe() {
      return "AveragePooling " + size + "x" + size;
    }
  }

  /**
   * Repeats each pixel.
   *
   * @param scale how often, in rows and in columns
   */
  record UpSampling(int scale) implements Layer {
    @Override
    public String word() {
      return "up";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return new ImageShape(in.channels(), in.height() * scale, in.width() * scale);
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.upSampling(stage, this, input);
    }

    @Override
    public String describe() {
      return "UpSampling " + scale + "x" + scale;
    }
  }

  /**
   * Leaves each value out at random while training, and makes the others as much larger: Srivastava
   * et al. 2014. Afterwards it does nothing.
   *
   * @param probability of a value to be left out, at least 0 and below 1
   */
  record Dropout(double probability) implements Layer {
    @Override
    public String word() {
      return "drop";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return in;
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.dropout(stage, this, input);
    }

    @Override
    public String describe() {
      return "Dropout " + probability;
    }
  }

  /** Puts all features in one row. */
  record Flatten() implements Layer {
    @Override
    public String word() {
      return "flat";
    }

    @Override
    public ImageShape outputShape(ImageShape in) {
      return new ImageShape(in.features(), 1, 1);
    }

    @Override
    public <V> V emit(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.flatten(stage, input);
    }

    @Override
    public String describe() {
      return "Flatten";
    }
  }

  private static ImageShape pooled(ImageShape in, int size) {
    return new ImageShape(in.channels(), in.height() / size, in.width() / size);
  }

  private static String activated(Activation activation) {
    return activation == Activation.NONE ? "" : ", " + lower(activation);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
