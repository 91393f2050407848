package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;
import io.hone.network.WeightSpec.Start;
import io.hone.network.WeightSpec.Start.Constant;
import java.util.List;
import java.util.Locale;

/** One layer of a network, before its place in the network is known. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public sealed interface Layer permits OneInput, Joint {
  /** Returns the word that the layer's name starts with, such as {@code conv}. */
  String word();

  /**
   * Returns what the layer makes of values.
   *
   * @throws IllegalArgumentException if it cannot take them; the message goes on where the layer's
   *     name ends
   */
  Form form(List<Form> inputs);

  /** Returns the layer's weights at a place in a network. */
  default List<WeightSpec> weights(Stage stage) {
    return List.of();
  }

  /** Adds the layer to a graph. */
  <V> V emit(LayerEmitter<V> emitter, Stage stage, List<V> inputs);

  /** Returns the layer in words, such as {@code Convolution 6 of 3x3, valid, relu}. */
  String describe();

  /**
   * A convolution.
   *
   * @param filters channels of the output
   * @param kernel rows and columns of each window
   * @param stride rows and columns between windows
   * @param bias whether a number is added to each channel
   * @param start how the kernel is drawn
   */
  record Convolution(
      int filters,
      int kernel,
      int stride,
      Padding padding,
      Activation activation,
      boolean bias,
      KernelStart start)
      implements OneInput {
    /** Creates a convolution with bias, drawn after Glorot. */
    public Convolution(
        int filters, int kernel, int stride, Padding padding, Activation activation) {
      this(filters, kernel, stride, padding, activation, true, KernelStart.GLOROT_UNIFORM);
    }

    /** Returns the same convolution without bias, such as before a normalisation. */
    public Convolution withoutBias() {
      return new Convolution(filters, kernel, stride, padding, activation, false, start);
    }

    /** Returns the same convolution, drawn otherwise. */
    public Convolution startingWith(KernelStart other) {
      return new Convolution(filters, kernel, stride, padding, activation, bias, other);
    }

    @Override
    public String word() {
      return "conv";
    }

    @Override
    public Form form(Form input) {
      ImageShape in = input.images();
      if (padding == Padding.VALID) {
        requireWindow(in, kernel);
      }
      return Form.image(
          filters,
          padding.outputSize(in.height(), kernel, stride),
          padding.outputSize(in.width(), kernel, stride));
    }

    @Override
    public List<WeightSpec> weights(Stage stage) {
      int channels = stage.in().channels();
      int window = kernel * kernel;
      WeightSpec drawn =
          new WeightSpec(
              stage.weight("kernel"),
              List.of(kernel, kernel, channels, filters),
              start.of(window * channels, window * filters),
              true);
      return bias
          ? List.of(
              drawn, new WeightSpec(stage.weight("bias"), List.of(filters), new Constant(0), true))
          : List.of(drawn);
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
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
          + activated(activation)
          + (bias ? "" : ", no bias")
          + drawn(start);
    }
  }

  /**
   * A matrix with bias.
   *
   * @param units number of outputs
   * @param start how the matrix is drawn
   */
  record Dense(int units, Activation activation, KernelStart start) implements OneInput {
    /** Creates a matrix drawn after Glorot. */
    public Dense(int units, Activation activation) {
      this(units, activation, KernelStart.GLOROT_UNIFORM);
    }

    @Override
    public String word() {
      return "dense";
    }

    @Override
    public Form form(Form input) {
      if (!input.flat()) {
        throw new IllegalArgumentException(
            "takes features in a row, not " + input + "; flatten them before");
      }
      return Form.features(units);
    }

    @Override
    public List<WeightSpec> weights(Stage stage) {
      int inputs = stage.in().channels();
      return List.of(
          new WeightSpec(
              stage.weight("matrix"), List.of(inputs, units), start.of(inputs, units), true),
          new WeightSpec(stage.weight("bias"), List.of(units), new Constant(0), true));
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.dense(stage, this, input);
    }

    @Override
    public String describe() {
      return "Dense " + units + activated(activation) + drawn(start);
    }
  }

  /**
   * Batch normalization per channel: Ioffe and Szegedy 2015. Statistics of the batch while
   * training, a moving average of them afterwards.
   *
   * @param epsilon added to the variance
   * @param scale what the factors of the channels start with
   */
  record BatchNormalization(float epsilon, Start scale) implements OneInput {
    /** Creates a normalisation whose factors start with 1. */
    public BatchNormalization(float epsilon) {
      this(epsilon, new Constant(1));
    }

    @Override
    public String word() {
      return "norm";
    }

    @Override
    public Form form(Form input) {
      return input;
    }

    @Override
    public List<WeightSpec> weights(Stage stage) {
      List<Integer> shape = List.of(stage.in().channels());
      return List.of(
          new WeightSpec(stage.weight("gamma"), shape, scale, true),
          new WeightSpec(stage.weight("beta"), shape, new Constant(0), true),
          new WeightSpec(stage.weight("mean"), shape, new Constant(0), false),
          new WeightSpec(stage.weight("variance"), shape, new Constant(1), false));
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
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
  record MaxPooling(int size) implements OneInput {
    @Override
    public String word() {
      return "pool";
    }

    @Override
    public Form form(Form input) {
      return pooled(input.images(), size);
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
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
  record AveragePooling(int size) implements OneInput {
    @Override
    public String word() {
      return "pool";
    }

    @Override
    public Form form(Form input) {
      return pooled(input.images(), size);
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
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
  record UpSampling(int scale) implements OneInput {
    @Override
    public String word() {
      return "up";
    }

    @Override
    public Form form(Form input) {
      ImageShape in = input.images();
      return Form.image(
          in.channels(),
          Math.multiplyExact(in.height(), scale),
          Math.multiplyExact(in.width(), scale));
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
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
  record Dropout(double probability) implements OneInput {
    @Override
    public String word() {
      return "drop";
    }

    @Override
    public Form form(Form input) {
      return input;
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.dropout(stage, this, input);
    }

    @Override
    public String describe() {
      return "Dropout " + probability;
    }
  }

  /** Puts all features in one row. */
  record Flatten() implements OneInput {
    @Override
    public String word() {
      return "flat";
    }

    @Override
    public Form form(Form input) {
      return Form.features(input.shape().features());
    }

    @Override
    public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
      return emitter.flatten(stage, input);
    }

    @Override
    public String describe() {
      return "Flatten";
    }
  }

  private static Form pooled(ImageShape in, int size) {
    requireWindow(in, size);
    return Form.image(in.channels(), in.height() / size, in.width() / size);
  }

  private static void requireWindow(ImageShape in, int size) {
    if (in.height() < size || in.width() < size) {
      throw new IllegalArgumentException(
          "takes windows of " + size + "x" + size + ", which do not fit into images of " + in);
    }
  }

  private static String drawn(KernelStart start) {
    return start == KernelStart.GLOROT_UNIFORM ? "" : ", " + lower(start).replace('_', ' ');
  }

  private static String activated(Activation activation) {
    return activation == Activation.NONE ? "" : ", " + lower(activation);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
