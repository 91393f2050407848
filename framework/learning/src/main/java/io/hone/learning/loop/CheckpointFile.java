package io.hone.learning.loop;

import io.hone.api.BadInputException;
import io.hone.learning.engine.LearnerState;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Keeps the newest checkpoint of a training in one file, which is replaced as a whole: a kill at
 * any moment leaves either the old or the new one.
 */
final class CheckpointFile {
  private static final String NAME = "training.checkpoint";
  private static final int FORMAT = 0x484f4e32;
  private static final String INSTEAD = "delete it or train without --resume";

  private final Path file;
  private final Map<String, String> fingerprint;

  /**
   * Creates the file's keeper.
   *
   * @param fingerprint of everything that the weights depend on, by what a user calls it
   */
  CheckpointFile(Path folder, Map<String, String> fingerprint) {
    this.file = folder.resolve(NAME);
    this.fingerprint = fingerprint;
  }

  /** Writes a checkpoint in place of the one before. */
  void write(Checkpoint checkpoint) {
    Path fresh = file.resolveSibling(NAME + ".new");
    try {
      CRC32 sum = new CRC32();
      try (DataOutputStream out =
          new DataOutputStream(
              new CheckedOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(fresh)), sum))) {
        out.writeInt(FORMAT);
        writeTexts(out, fingerprint);
        out.writeLong(checkpoint.state().steps());
        writeArrays(out, checkpoint.state().arrays());
        writeArrays(out, checkpoint.best());
        out.writeInt(checkpoint.history().size());
        for (EpochFigures figures : checkpoint.history()) {
          writeFigures(out, figures);
        }
        out.writeLong(sum.getValue());
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the checkpoint " + file, e);
    }
  }

  /**
   * Reads the newest checkpoint.
   *
   * @return empty if there is none
   * @throws BadInputException if it is damaged or belongs to another training
   */
  Optional<Checkpoint> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      checkSum();
      try (DataInputStream in =
          new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
        if (in.readInt() != FORMAT) {
          throw damaged();
        }
        checkBelongs(readTexts(in));
        long steps = in.readLong();
        LearnerState state = new LearnerState(readArrays(in), steps);
        Map<String, float[]> best = readArrays(in);
        List<EpochFigures> history = new ArrayList<>();
        int epochs = in.readInt();
        for (int epoch = 0; epoch < epochs; epoch++) {
          history.add(readFigures(in));
        }
        return Optional.of(new Checkpoint(state, best, history));
      }
    } catch (EOFException e) {
      throw damaged();
    } catch (IOException e) {
      throw new BadInputException(file + ": cannot read the checkpoint: " + e.getMessage(), e);
    }
  }

  /** Compares all bytes with the sum at their end, before any of them is taken for a length. */
  private void checkSum() throws IOException {
    long content = Files.size(file) - Long.BYTES;
    if (content < Integer.BYTES) {
      throw damaged();
    }
    CRC32 sum = new CRC32();
    try (CheckedInputStream in =
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum);
        DataInputStream end = new DataInputStream(in)) {
      end.skipNBytes(content);
      long found = sum.getValue();
      if (end.readLong() != found) {
        throw damaged();
      }
    }
  }

  private void checkBelongs(Map<String, String> found) {
    List<String> others = new ArrayList<>();
    fingerprint.forEach(
        (name, value) -> {
          if (!value.equals(found.get(name))) {
            others.add(name);
          }
        });
    if (!others.isEmpty()) {
      throw new BadInputException(
          file
              + ": this checkpoint belongs to another training, which differs in: "
              + String.join(", ", others)
              + "; "
              + INSTEAD);
    }
  }

  private BadInputException damaged() {
    return new BadInputException(file + ": this is no complete checkpoint; " + INSTEAD);
  }

  private static void writeTexts(DataOutputStream out, Map<String, String> texts)
      throws IOException {
    out.writeInt(texts.size());
    for (Map.Entry<String, String> text : texts.entrySet()) {
      out.writeUTF(text.getKey());
      out.writeUTF(text.getValue());
    }
  }

  private static Map<String, String> readTexts(DataInputStream in) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      texts.put(name, in.readUTF());
    }
    return texts;
  }

  private static void writeFigures(DataOutputStream out, EpochFigures figures) throws IOException {
    out.writeDouble(figures.loss());
    out.writeInt(figures.values().size());
    for (Map.Entry<String, Double> value : figures.values().entrySet()) {
      out.writeUTF(value.getKey());
      out.writeDouble(value.getValue());
    }
  }

  private static EpochFigures readFigures(DataInputStream in) throws IOException {
    double loss = in.readDouble();
    Map<String, Double> values = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      values.put(name, in.readDouble());
    }
    return new EpochFigures(loss, values);
  }

  private static void writeArrays(DataOutputStream out, Map<String, float[]> arrays)
      throws IOException {
    out.writeInt(arrays.size());
    for (Map.Entry<String, float[]> array : arrays.entrySet()) {
      out.writeUTF(array.getKey());
      out.writeInt(array.getValue().length);
      ByteBuffer bytes = ByteBuffer.allocate(array.getValue().length * Float.BYTES);
      bytes.asFloatBuffer().put(array.getValue());
      out.write(bytes.array());
    }
  }

  private static Map<String, float[]> readArrays(DataInputStream in) throws IOException {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      String name = in.readUTF();
      byte[] bytes = in.readNBytes(Math.multiplyExact(in.readInt(), Float.BYTES));
      float[] values = new float[bytes.length / Float.BYTES];
      ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
      arrays.put(name, values);
    }
    return arrays;
  }
}
