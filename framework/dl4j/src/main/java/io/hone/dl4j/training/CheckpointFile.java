package io.hone.dl4j.training;

import io.hone.api.BadInputException;
import io.hone.dl4j.samediff.TrainingState;
import io.hone.learning.network.Weights;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
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
  private static final int FORMAT = 0x484f4e31;

  private final Path file;
  private final String fingerprint;

  /**
   * Creates the file's keeper.
   *
   * @param fingerprint of everything that the weights depend on
   */
  CheckpointFile(Path folder, String fingerprint) {
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
        out.writeUTF(fingerprint);
        out.writeInt(checkpoint.state().steps());
        writeArrays(out, checkpoint.state().weights().values());
        writeArrays(out, checkpoint.state().firstMoments());
        writeArrays(out, checkpoint.state().secondMoments());
        writeArrays(out, checkpoint.best().values());
        out.writeInt(checkpoint.history().size());
        for (EpochFigures figures : checkpoint.history()) {
          out.writeDouble(figures.trainingLoss());
          out.writeDouble(figures.loss());
          out.writeDouble(figures.accuracy());
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
    CRC32 sum = new CRC32();
    try (DataInputStream in =
        new DataInputStream(
            new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file)), sum))) {
      if (in.readInt() != FORMAT) {
        throw damaged(null);
      }
      if (!in.readUTF().equals(fingerprint)) {
        throw new BadInputException(
            file
                + ": this checkpoint was made with other parameters, data or seed; delete it or"
                + " train without --resume");
      }
      int steps = in.readInt();
      TrainingState state =
          new TrainingState(new Weights(readArrays(in)), readArrays(in), readArrays(in), steps);
      Weights best = new Weights(readArrays(in));
      List<EpochFigures> history = new ArrayList<>();
      int epochs = in.readInt();
      for (int epoch = 0; epoch < epochs; epoch++) {
        history.add(new EpochFigures(in.readDouble(), in.readDouble(), in.readDouble()));
      }
      long expected = sum.getValue();
      if (in.readLong() != expected) {
        throw damaged(null);
      }
      return Optional.of(new Checkpoint(state, best, history));
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private BadInputException damaged(IOException cause) {
    return new BadInputException(
        file + ": this is no complete checkpoint; delete it or train without --resume", cause);
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
