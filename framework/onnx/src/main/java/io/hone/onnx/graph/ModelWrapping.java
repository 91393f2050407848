package io.hone.onnx.graph;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what a model expects part of its graph, so that callers always feed NCHW images in [0, 1]
 * and fetch logits, and gradients pass through the preprocessing.
 *
 * <p>The input keeps its name. Steps apply in this order whatever the order of calls: order of
 * channels, range, mean and standard deviation, layout.
 */
public final class ModelWrapping {
  private static final Dimension BATCH = Dimension.named("N");
  private static final int COLOURS = 3;

  private final OnnxModel model;
  private String input;
  private boolean freeBatch;
  private boolean channelsLast;
  private boolean reversed;
  private float low;
  private float high = 1;
  private float[] mean = {};
  private float[] std = {};
  private Optional<String> output = Optional.empty();
  private boolean logarithm;

  private ModelWrapping(OnnxModel model) {
    this.model = model;
    this.input = model.inputs().get(0).name();
  }

  /** Starts from a model, which stays as it is. */
  public static ModelWrapping of(OnnxModel model) {
    return new ModelWrapping(model);
  }

  /** Names the image input; default: the first. */
  public ModelWrapping input(String name) {
    this.input = name;
    return this;
  }

  /** Lets the image input take any number of images. */
  public ModelWrapping freeBatch() {
    this.freeBatch = true;
    return this;
  }

  /** Says that the model takes NHWC: the wrapped one takes NCHW. */
  public ModelWrapping channelsLast() {
    this.channelsLast = true;
    return this;
  }

  /**
   * Says that the model takes three channels in the opposite order, blue first: the wrapped one
   * takes red first. Mean and standard deviation are in the model's own order.
   */
  public ModelWrapping channelsReversed() {
    this.reversed = true;
    return this;
  }

  /** Sets what the model takes for black and white: {@code x * (high - low) + low}. */
  public ModelWrapping range(float black, float white) {
    this.low = black;
    this.high = white;
    return this;
  }

  /**
   * Subtracts a mean and divides by a standard deviation, in units of the range.
   *
   * @param means one per channel, or one for all, or none
   * @param deviations likewise
   */
  public ModelWrapping normalize(float[] means, float[] deviations) {
    this.mean = means.clone();
    this.std = deviations.clone();
    return this;
  }

  /** Makes any value of the model its only output. */
  public ModelWrapping output(String value) {
    this.output = Optional.of(value);
    this.logarithm = false;
    return this;
  }

  /**
   * Makes the logarithm of a value, which holds probabilities, the only output. Probabilities below
   * the smallest normal float count as that float: the logarithm is finite, its gradient zero.
   */
  public ModelWrapping logarithmOf(String value) {
    this.output = Optional.of(value);
    this.logarithm = true;
    return this;
  }

  /**
   * Builds the wrapped model.
   *
   * @throws OnnxFormatException if input or output do not exist, or the input cannot be an image
   */
  public OnnxModel build() {
    TensorInfo image =
        model
            .input(input)
            .orElseThrow(
                () ->
                    new OnnxFormatException(
                        model.name()
                            + ": has no input '"
                            + input
                            + "', only "
                            + model.inputs().stream().map(TensorInfo::name).toList()));
    GraphEditor editor = GraphEditor.of(model);
    wrapInput(editor, image);
    output.ifPresent(value -> wrapOutput(editor, value));
    editor.prune();
    return editor.build(model.name());
  }

  private void wrapInput(GraphEditor editor, TensorInfo image) {
    Optional<Shape> shape = image.shape();
    if (freeBatch && shape.isPresent() && shape.get().rank() > 0) {
      Dimension first = shape.get().axis(0);
      Dimension batch = first instanceof Dimension.Symbolic ? first : BATCH;
      shape = shape.map(known -> known.with(0, batch));
      editor.replaceOutputs(
          out ->
              out.shape()
                      .filter(known -> known.rank() > 0 && known.axis(0).equals(first))
                      .isPresent()
                  ? out.withShape(out.shape().get().with(0, batch))
                  : out);
    }
    List<Node> original = editor.nodes();
    editor.setNodes(List.of());
    Value current = new Value(input);
    float[] scale = scale();
    float[] shift = shift();
    boolean affine = !isAll(scale, 1) || !isAll(shift, 0);
    if (affine || channelsLast || reversed) {
      int channels = Math.max(scale.length, shift.length);
      requireImage(image, shape, reversed ? COLOURS : channels);
    }
    if (reversed) {
      current = reversed(editor, current);
    }
    if (!isAll(scale, 1)) {
      current = editor.op("Mul", current, perChannel(editor, "image_scale", scale));
    }
    if (!isAll(shift, 0)) {
      current = editor.op("Add", current, perChannel(editor, "image_shift", shift));
    }
    if (channelsLast) {
      current = editor.node("Transpose", current).with("perm", new long[] {0, 2, 3, 1}).output();
    }
    List<Node> preprocessing = editor.nodes();
    editor.setNodes(original);
    editor.rewire(Map.of(input, current));
    List<Node> rewired = editor.nodes();
    editor.setNodes(preprocessing);
    rewired.forEach(editor::add);
    Optional<Shape> wrapped = shape.map(this::channelsFirst);
    editor.replaceInputs(
        known -> known.name().equals(input) ? new TensorInfo(input, known.type(), wrapped) : known);
  }

  /** Returns images {@code [N, 3, H, W]} with their channels in the opposite order. */
  public static Value reversed(GraphEditor editor, Value images) {
    return editor
        .node("Gather", images, editor.constant("channels", ConstantTensor.list(2, 1, 0)))
        .with("axis", 1)
        .output();
  }

  private void requireImage(TensorInfo image, Optional<Shape> shape, int channels) {
    if (shape.isPresent() && shape.get().rank() != 4) {
      throw new OnnxFormatException(
          model.name()
              + ": the input "
              + image
              + " has not four axes, so layout, order, range, mean and std cannot be applied to it");
    }
    long known = shape.map(s -> s.axis(channelsLast ? 3 : 1).size()).orElse(-1L);
    if (channels > 1 && known >= 0 && known != channels) {
      throw new OnnxFormatException(
          model.name()
              + ": mean, std or order are given for "
              + channels
              + " channels, but the input "
              + image
              + " has "
              + known);
    }
  }

  private Shape channelsFirst(Shape shape) {
    return channelsLast
        ? Shape.of(shape.axis(0), shape.axis(3), shape.axis(1), shape.axis(2))
        : shape;
  }

  private void wrapOutput(GraphEditor editor, String value) {
    if (!model.knows(value)) {
      throw new OnnxFormatException(model.name() + ": has no value '" + value + "'");
    }
    Optional<TensorInfo> known =
        editor.outputs().stream().filter(out -> out.name().equals(value)).findFirst();
    editor.clearOutputs();
    Value result = new Value(value);
    if (logarithm) {
      // Max and not Clip, whose form depends on the opset.
      result = editor.op("Log", editor.op("Max", result, editor.scalar(Float.MIN_NORMAL)));
    }
    editor.output(
        result,
        known.map(TensorInfo::type).orElse(ElementType.FLOAT),
        known.flatMap(TensorInfo::shape).orElse(null));
  }

  private float[] scale() {
    float[] scale = new float[Math.max(1, std.length)];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = (float) (((double) high - low) / at(std, c, 1));
    }
    return scale;
  }

  private float[] shift() {
    float[] shift = new float[Math.max(1, Math.max(mean.length, std.length))];
    for (int c = 0; c < shift.length; c++) {
      shift[c] = (float) (((double) low - at(mean, c, 0)) / at(std, c, 1));
    }
    return shift;
  }

  private static float at(float[] perChannel, int channel, float missing) {
    return perChannel.length == 0 ? missing : perChannel[perChannel.length == 1 ? 0 : channel];
  }

  private static boolean isAll(float[] numbers, float value) {
    for (float number : numbers) {
      if (number != value) {
        return false;
      }
    }
    return true;
  }

  private static Value perChannel(GraphEditor editor, String name, float[] numbers) {
    return editor.constant(name, ConstantTensor.floats(numbers, 1, numbers.length, 1, 1));
  }
}
