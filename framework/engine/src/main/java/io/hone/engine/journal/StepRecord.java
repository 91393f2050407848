package io.hone.engine.journal;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Verdict;
import io.hone.engine.context.SampleNotes;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.record.RecordInput;
import io.hone.engine.record.RecordOutput;
import io.hone.engine.step.RestorationTrace;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepResult;
import io.hone.scenario.Step;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the results of a step look on disk: row after row, so that some of the samples can be read
 * alone. A run that is resumed may divide its samples in another way.
 */
final class StepRecord {
  private StepRecord() {}

  /** Writes all rows of a step's results. */
  static void write(StepResult result, DataOutput output) throws IOException {
    output.writeUTF(result.name());
    output.writeDouble(result.seconds());
    ImageShape shape = result.images().imageShape();
    output.writeInt(shape.channels());
    output.writeInt(shape.height());
    output.writeInt(shape.width());
    for (int row = 0; row < result.images().rows(); row++) {
      RecordOutput.writeAll(output, result.images().row(row));
      writeSample(result.sample(row), output);
    }
  }

  private static void writeSample(SampleResult sample, DataOutput output) throws IOException {
    Verdict verdict = sample.verdict();
    output.writeInt(sample.target());
    output.writeInt(verdict.cleanPrediction());
    output.writeInt(verdict.prediction());
    output.writeBoolean(verdict.attempted());
    output.writeBoolean(verdict.success());
    output.writeBoolean(verdict.success8bit());
    output.writeUTF(verdict.reason());
    output.writeLong(sample.forwardQueries());
    output.writeLong(sample.gradientQueries());
    output.writeInt(sample.source());
    sample.notes().write(output);
    output.writeBoolean(sample.trace().isPresent());
    if (sample.trace().isPresent()) {
      sample.trace().get().write(output);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param recorded all samples of the record
   * @param wanted those to return, some of them
   * @param step whose results they are
   * @param received what the step received, of the wanted samples
   */
  static StepResult read(
      RecordInput input,
      SampleRange recorded,
      SampleRange wanted,
      Step step,
      List<StepResult> received)
      throws IOException {
    String name = input.readUTF();
    if (!name.equals(step.name())) {
      throw new DamagedRecordException("is of a step '" + name + "', not of " + step.name());
    }
    double seconds = input.readDouble();
    ImageShape shape = new ImageShape(input.readInt(), input.readInt(), input.readInt());
    long features = (long) shape.channels() * shape.height() * shape.width();
    if (features * Float.BYTES * recorded.count() > input.remaining()) {
      throw new DamagedRecordException("holds fewer images than it tells of");
    }
    int rows = Math.toIntExact(wanted.count());
    Tensor images = Tensor.images(rows, shape);
    List<SampleResult> samples = new ArrayList<>();
    for (long sample = recorded.position(); sample < recorded.end(); sample++) {
      float[] image = readImage(shape.features(), input);
      SampleResult result = readSample(input);
      if (result.source() < 0 || result.source() >= received.size()) {
        throw new DamagedRecordException("names a step that is not there");
      }
      if (sample >= wanted.position() && sample < wanted.end()) {
        images.setRow(samples.size(), image);
        samples.add(result);
      }
    }
    return new StepResult(
        name, step.kind(), received, images, samples, seconds * rows / recorded.count());
  }

  private static float[] readImage(int features, RecordInput input) throws IOException {
    byte[] bytes = new byte[features * Float.BYTES];
    input.readFully(bytes);
    float[] image = new float[features];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(image);
    return image;
  }

  private static SampleResult readSample(RecordInput input) throws IOException {
    int target = input.readInt();
    Verdict verdict =
        new Verdict(
            input.readInt(),
            input.readInt(),
            input.readBoolean(),
            input.readBoolean(),
            input.readBoolean(),
            input.readUTF());
    long forward = input.readLong();
    long gradient = input.readLong();
    int source = input.readInt();
    SampleNotes notes = SampleNotes.read(input);
    Optional<RestorationTrace> trace =
        input.readBoolean() ? Optional.of(RestorationTrace.read(input)) : Optional.empty();
    return new SampleResult(target, verdict, forward, gradient, notes, trace, source);
  }
}
