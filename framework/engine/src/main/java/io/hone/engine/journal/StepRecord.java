package io.hone.engine.journal;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.engine.context.SampleNotes;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.record.RecordInput;
import io.hone.engine.step.RestorationTrace;
import io.hone.engine.step.StepResult;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/**
 * How the results of a step look on disk: row after row, so that some of the samples can be read
 * alone. A run that is resumed may divide its samples in another way.
 */
final class StepRecord {
  private StepRecord() {}

  /** Writes all rows of a step's results. */
  static void write(StepResult result, DataOutput output) throws IOException {
    output.writeUTF(result.name());
    output.writeInt(result.kind().ordinal());
    output.writeUTF(result.received().name());
    output.writeDouble(result.seconds);
    ImageShape shape = result.images.imageShape();
    output.writeInt(shape.channels());
    output.writeInt(shape.height());
    output.writeInt(shape.width());
    for (int row = 0; row < result.images.rows(); row++) {
      writeRow(result, row, output);
    }
  }

  private static void writeRow(StepResult result, int row, DataOutput output) throws IOException {
    float[] image = result.images.row(row);
    ByteBuffer bytes = ByteBuffer.allocate(image.length * Float.BYTES);
    bytes.asFloatBuffer().put(image);
    output.write(bytes.array());
    output.writeInt(result.cleanPredictions[row]);
    output.writeInt(result.targets[row]);
    output.writeBoolean(result.attempted[row]);
    output.writeUTF(result.reasons[row]);
    output.writeInt(result.predictions[row]);
    output.writeBoolean(result.success[row]);
    output.writeBoolean(result.success8bit[row]);
    output.writeLong(result.forwardQueries[row]);
    output.writeLong(result.gradientQueries[row]);
    result.notes[row].write(output);
    output.writeBoolean(result.traces[row] != null);
    if (result.traces[row] != null) {
      result.traces[row].write(output);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param recorded all samples of the record
   * @param wanted those to return, some of them
   * @param done the results of the steps before on the wanted samples, by name
   */
  static StepResult read(
      RecordInput input, SampleRange recorded, SampleRange wanted, Map<String, StepResult> done)
      throws IOException {
    String name = input.readUTF();
    StepKind kind = StepKind.values()[input.readInt()];
    String receivedName = input.readUTF();
    StepResult received = done.get(receivedName);
    if (received == null) {
      throw new DamagedRecordException("names a step '" + receivedName + "' that is not there");
    }
    double seconds = input.readDouble();
    ImageShape shape = new ImageShape(input.readInt(), input.readInt(), input.readInt());
    long features = (long) shape.channels() * shape.height() * shape.width();
    if (features * Float.BYTES * recorded.count() > input.remaining()) {
      throw new DamagedRecordException("holds fewer images than it tells of");
    }
    int rows = Math.toIntExact(wanted.count());
    StepResult result =
        new StepResult(name, kind, received, Tensor.images(rows, shape), new int[rows]);
    result.seconds = seconds * rows / recorded.count();
    StepResult other = new StepResult(name, kind, received, Tensor.images(1, shape), new int[1]);
    for (long sample = recorded.position(); sample < recorded.end(); sample++) {
      boolean isWanted = sample >= wanted.position() && sample < wanted.end();
      readRow(
          isWanted ? result : other,
          isWanted ? Math.toIntExact(sample - wanted.position()) : 0,
          input);
    }
    return result;
  }

  private static void readRow(StepResult result, int row, RecordInput input) throws IOException {
    byte[] bytes = new byte[result.images.rowSize() * Float.BYTES];
    input.readFully(bytes);
    float[] image = new float[result.images.rowSize()];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(image);
    result.images.setRow(row, image);
    result.cleanPredictions[row] = input.readInt();
    result.targets[row] = input.readInt();
    result.attempted[row] = input.readBoolean();
    result.reasons[row] = input.readUTF();
    result.predictions[row] = input.readInt();
    result.success[row] = input.readBoolean();
    result.success8bit[row] = input.readBoolean();
    result.forwardQueries[row] = input.readLong();
    result.gradientQueries[row] = input.readLong();
    result.notes[row] = SampleNotes.read(input);
    result.traces[row] = input.readBoolean() ? RestorationTrace.read(input) : null;
  }
}
