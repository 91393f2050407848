package io.hone.onnxruntime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.platform.Fp16Conversions;
import io.hone.api.data.Tensor;
import io.hone.api.model.ModelCard;
import io.hone.onnxruntime.card.CardCheck;
import io.hone.onnxruntime.card.CastInput;
import io.hone.onnxruntime.card.OnnxFile;
import io.hone.onnxruntime.card.ScoreForm;
import io.hone.onnxruntime.session.InferenceSession;
import io.hone.onnxruntime.session.OpenHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A model file as it is, in a plain session of ONNX Runtime: nothing that Hone does to graphs comes
 * near it, but for a Cast in front where Java cannot feed the type that the file takes. Images are
 * put into the file's own form in Java.
 *
 * <p>Images run one by one, or in batches of the size that the file insists on, so that no answer
 * depends on other images of a batch.
 */
final class UntouchedFile implements AutoCloseable {
  private static final long MOST_SCORES = 1L << 26;

  private final ModelCard card;
  private final CardCheck.Ports ports;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OpenHandles loaded;
  private final String fed;
  private final OnnxJavaType type;

  private UntouchedFile(
      ModelCard card,
      CardCheck.Ports ports,
      OrtEnvironment environment,
      OrtSession session,
      OpenHandles loaded,
      String fed)
      throws OrtException {
    this.card = card;
    this.ports = ports;
    this.environment = environment;
    this.session = session;
    this.loaded = loaded;
    this.fed = fed;
    NodeInfo input = session.getInputInfo().get(fed);
    this.type =
        input != null && input.getInfo() instanceof TensorInfo tensor
            ? tensor.type
            : OnnxJavaType.UNKNOWN;
  }

  /**
   * Loads a file on the processor.
   *
   * @throws OrtException if ONNX Runtime cannot run it as it is
   */
  static UntouchedFile open(OnnxFile file, ModelCard card, CardCheck.Ports ports)
      throws OrtException {
    OrtEnvironment environment = InferenceSession.environment();
    OpenHandles loaded = new OpenHandles();
    try (SessionOptions options = new SessionOptions()) {
      // Fusions round otherwise, quantised models by whole steps.
      options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
      options.setMemoryPatternOptimization(false);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      String images = ports.images().name();
      Optional<CastInput> cast = CastInput.of(file, images);
      OrtSession session =
          loaded.keep(
              cast.isPresent()
                  ? environment.createSession(cast.get().model().toBytes(), options)
                  : environment.createSession(file.path().toString(), options));
      String fed = cast.map(CastInput::input).orElse(images);
      return new UntouchedFile(card, ports, environment, session, loaded, fed);
    } catch (OrtException | RuntimeException | Error failure) {
      loaded.close();
      throw failure;
    }
  }

  /** Returns whether the file takes whole numbers. */
  boolean takesIntegers() {
    return switch (type) {
      case UINT8, INT8, INT16, INT32, INT64 -> true;
      default -> false;
    };
  }

  /**
   * Returns images whose values in the file's own form are whole numbers where it takes those, so
   * that no rounding comes between the file and what Hone makes of it.
   */
  Tensor onGrid(Tensor images) {
    if (!takesIntegers()) {
      return images;
    }
    Tensor rounded = images.copy();
    int pixels = images.rowSize() / card.input().channels();
    for (int row = 0; row < images.rows(); row++) {
      for (int feature = 0; feature < images.rowSize(); feature++) {
        int channel = ofFile(feature / pixels);
        double whole = Math.rint(written(images.get(row, feature), channel));
        rounded.set(row, feature, (float) pixel(whole, channel));
      }
    }
    return rounded;
  }

  /**
   * Returns the file's answers to images {@code [N, C, H, W]} in [0, 1], {@code [N, K]}, or one
   * column where one number tells two classes.
   *
   * @return empty if it returns another number of scores, or more than any classifier has
   * @throws OrtException if the file fails on them, or returns something else than numbers
   */
  Optional<Tensor> answers(Tensor images) throws OrtException {
    int each = ports.scoreForm() == ScoreForm.BINARY ? 1 : card.output().classes();
    OptionalInt fixed = ports.imageForm().fixedBatch();
    int size = fixed.orElse(1);
    if ((long) Math.max(images.rows(), size) * each > MOST_SCORES) {
      return Optional.empty();
    }
    Tensor answers = Tensor.zeros(images.rows(), each);
    for (int from = 0; from < images.rows(); from += size) {
      int rows = Math.min(size, images.rows() - from);
      float[] given = new float[size * images.rowSize()];
      for (int row = 0; row < size; row++) {
        fill(given, row, images, Math.min(from + row, images.rows() - 1));
      }
      float[] returned = run(given, size, images, size * each);
      if (returned.length == 0) {
        return Optional.empty();
      }
      for (int row = 0; row < rows; row++) {
        for (int score = 0; score < each; score++) {
          answers.set(from + row, score, returned[row * each + score]);
        }
      }
    }
    return Optional.of(answers);
  }

  private void fill(float[] given, int place, Tensor images, int row) {
    int channels = card.input().channels();
    int pixels = images.rowSize() / channels;
    boolean channelsLast = card.input().layout() == ModelCard.Layout.NHWC;
    for (int feature = 0; feature < images.rowSize(); feature++) {
      int channel = ofFile(feature / pixels);
      int pixel = feature % pixels;
      int at = channelsLast ? pixel * channels + channel : channel * pixels + pixel;
      given[place * images.rowSize() + at] = (float) written(images.get(row, feature), channel);
    }
  }

  /** Returns where the file has a channel of images whose colours are red, green, blue. */
  private int ofFile(int channel) {
    return card.input().order() == ModelCard.Order.BGR
        ? card.input().channels() - 1 - channel
        : channel;
  }

  /** Returns a pixel value of [0, 1] as the file takes it; its channels count as in the file. */
  private double written(float value, int channel) {
    ModelCard.Input input = card.input();
    double ranged =
        input.range().low() + (double) value * (input.range().high() - input.range().low());
    return (ranged - at(input.mean(), channel, 0)) / at(input.std(), channel, 1);
  }

  private double pixel(double written, int channel) {
    ModelCard.Input input = card.input();
    double ranged = written * at(input.std(), channel, 1) + at(input.mean(), channel, 0);
    return (ranged - input.range().low()) / (input.range().high() - input.range().low());
  }

  private static double at(List<Float> values, int channel, double missing) {
    return values.isEmpty() ? missing : values.get(values.size() == 1 ? 0 : channel);
  }

  /** Returns nothing where the file returns another number of scores, however many. */
  private float[] run(float[] given, int images, Tensor like, int expected) throws OrtException {
    long[] shape = ports.imageForm().shapeOf(images, like.imageShape());
    String output = ports.scores().name();
    try (OpenHandles handles = new OpenHandles()) {
      OnnxTensor input = handles.keep(tensor(given, shape));
      OrtSession.Result result = handles.keep(session.run(Map.of(fed, input), Set.of(output)));
      OnnxValue value = result.get(0);
      if (value instanceof OnnxTensor tensor) {
        return tensor.getInfo().getNumElements() == expected ? floats(tensor) : new float[0];
      }
      throw new OrtException("the output '" + output + "' is no tensor");
    }
  }

  private static float[] floats(OnnxTensor tensor) throws OrtException {
    if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
      double[] wide = new double[Math.toIntExact(tensor.getInfo().getNumElements())];
      tensor.getDoubleBuffer().get(wide);
      float[] values = new float[wide.length];
      for (int i = 0; i < wide.length; i++) {
        values[i] = (float) wide[i];
      }
      return values;
    }
    FloatBuffer buffer = tensor.getFloatBuffer();
    if (buffer == null) {
      throw new OrtException("the output holds " + tensor.getInfo().type);
    }
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  private OnnxTensor tensor(float[] values, long[] shape) throws OrtException {
    if (type == OnnxJavaType.FLOAT) {
      return OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape);
    }
    if (type == OnnxJavaType.UNKNOWN || type.size <= 0) {
      throw new OrtException("the input is of a type that cannot be fed from Java");
    }
    ByteBuffer bytes =
        ByteBuffer.allocateDirect(values.length * type.size).order(ByteOrder.nativeOrder());
    for (float value : values) {
      switch (type) {
        case DOUBLE -> bytes.putDouble(value);
        case FLOAT16 -> bytes.putShort(Fp16Conversions.floatToFp16(value));
        case BFLOAT16 -> bytes.putShort(Fp16Conversions.floatToBf16(value));
        case UINT8, INT8 -> bytes.put((byte) Math.round(value));
        case INT16 -> bytes.putShort((short) Math.round(value));
        case INT32 -> bytes.putInt(Math.round(value));
        case INT64 -> bytes.putLong(Math.round(value));
        default -> throw new OrtException("the input takes " + type);
      }
    }
    return OnnxTensor.createTensor(environment, bytes.flip(), shape, type);
  }

  @Override
  public void close() {
    loaded.close();
  }
}
