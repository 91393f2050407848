package io.hone.testkit.guide;

import io.hone.api.data.ImageShape;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a linear classifier as an ONNX file without a library: an ONNX file is a Protocol Buffers
 * message, and few of its fields are needed. The numbers are those of ONNX's {@code onnx.proto}.
 */
final class LinearOnnx {
  private static final int FLOAT = 1;
  private static final int INT_ATTRIBUTE = 2;

  private LinearOnnx() {}

  /** Returns the file's bytes. */
  static byte[] model(String name, ImageShape shape, double[][] weights, double[] biases) {
    int classes = biases.length;
    Message flatten = new Message().text(1, "image").text(2, "flat").text(4, "Flatten");
    Message gemm =
        new Message()
            .text(1, "flat")
            .text(1, "weights")
            .text(1, "biases")
            .text(2, "logits")
            .text(4, "Gemm")
            .message(5, new Message().text(1, "transB").number(3, 1).number(20, INT_ATTRIBUTE));
    double[] all = new double[classes * shape.features()];
    for (int label = 0; label < classes; label++) {
      System.arraycopy(weights[label], 0, all, label * shape.features(), shape.features());
    }
    Message graph =
        new Message()
            .message(1, flatten)
            .message(1, gemm)
            .text(2, name)
            .message(5, tensor("weights", all, classes, shape.features()))
            .message(5, tensor("biases", biases, classes))
            .message(11, value("image", shape.channels(), shape.height(), shape.width()))
            .message(12, value("logits", classes));
    return new Message()
        .number(1, 8)
        .message(7, graph)
        .message(8, new Message().text(1, "").number(2, 18))
        .bytes();
  }

  private static Message tensor(String name, double[] values, int... sizes) {
    ByteBuffer raw =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      raw.putFloat((float) value);
    }
    Message tensor = new Message();
    for (int size : sizes) {
      tensor.number(1, size);
    }
    return tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array());
  }

  /** Any number of rows of some sizes. */
  private static Message value(String name, int... sizes) {
    Message shape = new Message().message(1, new Message().text(2, "rows"));
    for (int size : sizes) {
      shape.message(1, new Message().number(1, size));
    }
    Message type = new Message().message(1, new Message().number(1, FLOAT).message(2, shape));
    return new Message().text(1, name).message(2, type);
  }

  /** A message of Protocol Buffers in the making. */
  private static final class Message {
    private static final int NUMBER = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Message number(int field, long value) {
      digits(field << 3 | NUMBER);
      digits(value);
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes());
    }

    Message bytes(int field, byte[] value) {
      digits(field << 3 | BYTES);
      digits(value.length);
      written.writeBytes(value);
      return this;
    }

    byte[] bytes() {
      return written.toByteArray();
    }

    /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
    private void digits(long value) {
      long rest = value;
      while (rest > 0x7F) {
        written.write((int) (rest & 0x7F | 0x80));
        rest >>>= 7;
      }
      written.write((int) rest);
    }
  }
}
