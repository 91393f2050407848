package io.hone.numpy;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * What is before the values of an {@code .npy} file.
 *
 * @param type of every value
 * @param order of the bytes in a value
 * @param fortran whether the first index runs fastest
 * @param shape at least one axis; only the first may be 0
 * @param dataOffset where the values start in the file, in bytes
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">NumPy's
 *     description of the format</a>
 */
record NumpyHeader(
    NumpyType type, ByteOrder order, boolean fortran, long[] shape, long dataOffset) {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int VERSION_BYTES = MAGIC.length + 2;
  private static final int LARGEST_TEXT = 1 << 20;
  private static final int ALIGNMENT = 64;
  private static final int SMALLEST_LENGTH = 128;

  /** What a header is read from. */
  @FunctionalInterface
  private interface Source {
    /** Reads bytes from a position on; returns a negative number where there are none. */
    int read(ByteBuffer into, long position) throws IOException;
  }

  /** No header is longer: what claims to be is damaged. */
  static final int LONGEST = VERSION_BYTES + Integer.BYTES + LARGEST_TEXT;

  /**
   * Reads and checks the header of a whole {@code .npy} file, and that the values are all there.
   */
  static NumpyHeader read(FileChannel channel, String name) throws IOException {
    NumpyHeader header = read(channel::read, name);
    header.requireValues(channel.size(), name);
    return header;
  }

  /**
   * Reads and checks a header.
   *
   * @param start the first bytes of an {@code .npy} file: {@link #LONGEST} of them, or all
   */
  static NumpyHeader read(byte[] start, String name) throws IOException {
    return read(
        (into, position) -> {
          int count = (int) Math.min(into.remaining(), start.length - position);
          if (count > 0) {
            into.put(start, (int) position, count);
          }
          return count > 0 ? count : -1;
        },
        name);
  }

  private static NumpyHeader read(Source source, String name) throws IOException {
    byte[] start = bytes(source, 0, VERSION_BYTES, name);
    if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new BadInputException(
          name
              + " is not a NumPy array: it does not start with \\x93NUMPY; write it with"
              + " numpy.save or numpy.savez");
    }
    int major = start[MAGIC.length];
    if (major < 1 || major > 3) {
      throw new BadInputException(
          name + " has NumPy format version " + major + ", known are 1 to 3; write it again");
    }
    int lengthBytes = major == 1 ? Short.BYTES : Integer.BYTES;
    ByteBuffer length =
        ByteBuffer.wrap(bytes(source, VERSION_BYTES, lengthBytes, name))
            .order(ByteOrder.LITTLE_ENDIAN);
    long textLength =
        major == 1
            ? Short.toUnsignedLong(length.getShort())
            : Integer.toUnsignedLong(length.getInt());
    if (textLength > LARGEST_TEXT) {
      throw corrupt(name, "its header claims to be " + textLength + " bytes long");
    }
    int textOffset = VERSION_BYTES + lengthBytes;
    String text =
        new String(
            bytes(source, textOffset, (int) textLength, name),
            major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
    return parse(text, textOffset + textLength, name);
  }

  private static NumpyHeader parse(String text, long dataOffset, String name) {
    Map<String, Object> fields;
    try {
      fields = new PythonLiteral(text).dictionary();
    } catch (IllegalArgumentException e) {
      throw corrupt(name, "its header cannot be read (" + e.getMessage() + ")");
    }
    if (!(fields.get("fortran_order") instanceof Boolean fortran)
        || !(fields.get("shape") instanceof long[] shape)
        || !fields.containsKey("descr")) {
      throw corrupt(name, "its header lacks descr, fortran_order or shape: " + text.strip());
    }
    if (!(fields.get("descr") instanceof String description)) {
      throw unsupported(name, "records with several fields");
    }
    checkShape(shape, name);
    return new NumpyHeader(type(description, name), order(description), fortran, shape, dataOffset);
  }

  private static NumpyType type(String description, String name) {
    if (description.length() > 1 && "<>|=".indexOf(description.charAt(0)) >= 0) {
      String code = description.substring(1);
      for (NumpyType type : NumpyType.values()) {
        if (type.code().equals(code)) {
          return type;
        }
      }
    }
    throw unsupported(
        name,
        description.endsWith("O") ? "Python objects" : "values of the type '" + description + "'");
  }

  private static ByteOrder order(String description) {
    return switch (description.charAt(0)) {
      case '>' -> ByteOrder.BIG_ENDIAN;
      case '=' -> ByteOrder.nativeOrder();
      default -> ByteOrder.LITTLE_ENDIAN;
    };
  }

  private static void checkShape(long[] shape, String name) {
    if (shape.length == 0) {
      throw new BadInputException(
          name + " is a single number without axes; an array with rows is needed");
    }
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0 || axis > 0 && shape[axis] == 0) {
        throw new BadInputException(
            name
                + " has the shape "
                + shapeText(shape)
                + ", whose axis "
                + axis
                + " holds nothing; write an array with values");
      }
    }
  }

  /** Returns the size of a file with this header and all of its values, in bytes. */
  long fileSize(String name) {
    try {
      long values = 1;
      for (long size : shape) {
        values = Math.multiplyExact(values, size);
      }
      Math.toIntExact(Math.multiplyExact(rowValues(), type.bytes()));
      return Math.addExact(dataOffset, Math.multiplyExact(values, type.bytes()));
    } catch (ArithmeticException e) {
      throw corrupt(name, "its shape " + shapeText(shape) + " is larger than any row can be");
    }
  }

  private void requireValues(long fileSize, String name) {
    long needed = fileSize(name);
    if (fileSize < needed) {
      throw corrupt(
          name,
          "it is truncated: "
              + shapeText(shape)
              + " values of "
              + type.code()
              + " need "
              + needed
              + " bytes, it has "
              + fileSize);
    }
  }

  /** Returns the number of values in a row; throws {@link ArithmeticException} beyond long. */
  long rowValues() {
    long values = 1;
    for (int axis = 1; axis < shape.length; axis++) {
      values = Math.multiplyExact(values, shape[axis]);
    }
    return values;
  }

  /** Returns a little-endian C-order header for so many rows; as long for any number of rows. */
  static byte[] write(NumpyType type, long rows, int[] rowShape) {
    int longest = VERSION_BYTES + Short.BYTES + text(type, Long.MAX_VALUE, rowShape).length() + 1;
    int aligned = (longest + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    byte[] header = new byte[Math.max(SMALLEST_LENGTH, aligned)];
    Arrays.fill(header, (byte) ' ');
    ByteBuffer buffer = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    buffer.put(MAGIC).put((byte) 1).put((byte) 0);
    buffer.putShort((short) (header.length - VERSION_BYTES - Short.BYTES));
    buffer.put(text(type, rows, rowShape).getBytes(StandardCharsets.ISO_8859_1));
    header[header.length - 1] = '\n';
    return header;
  }

  private static String text(NumpyType type, long rows, int[] rowShape) {
    long[] shape = new long[rowShape.length + 1];
    shape[0] = rows;
    for (int axis = 0; axis < rowShape.length; axis++) {
      shape[axis + 1] = rowShape[axis];
    }
    return "{'descr': '<"
        + type.code()
        + "', 'fortran_order': False, 'shape': "
        + shapeText(shape)
        + ", }";
  }

  /** Returns a shape as Python writes it, such as {@code (1000, 1, 28, 28)} or {@code (1000,)}. */
  static String shapeText(long[] shape) {
    String sizes = Arrays.toString(shape);
    String inner = sizes.substring(1, sizes.length() - 1);
    return "(" + inner + (shape.length == 1 ? ",)" : ")");
  }

  private static byte[] bytes(Source source, long position, int count, String name)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining()) {
      if (source.read(buffer, position + buffer.position()) < 0) {
        throw corrupt(
            name,
            "it is truncated within its header, after "
                + (position + buffer.position())
                + " bytes");
      }
    }
    return buffer.array();
  }

  private static BadInputException corrupt(String name, String what) {
    return new BadInputException(
        name + " is damaged: " + what + "; copy it again or write it anew with numpy.save");
  }

  private static BadInputException unsupported(String name, String what) {
    return new BadInputException(
        name
            + " holds "
            + what
            + ", known are f2 to f8, b1, i1 to i8 and u1 to u8; convert it with"
            + " array.astype('float32') where it holds pixels, or with array.astype('int64') where"
            + " it holds whole numbers such as labels, and save it again");
  }
}
