package io.hone.engine.journal;

import io.hone.engine.record.RecordInput;
import io.hone.engine.record.RecordOutput;
import io.hone.engine.results.Gallery;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a finished unit leaves on disk: figures, rows of the table, images to keep.
 *
 * @param position of the first sample in the opened data set
 * @param count number of samples
 * @param folds the figures
 * @param lines of {@code samples.csv}
 * @param kept samples whose images are kept
 * @param gallery candidates for the gallery
 */
public record UnitRecord(
    long position,
    int count,
    RunFolds folds,
    String lines,
    List<KeptSample> kept,
    List<Gallery.Row> gallery) {

  /**
   * A sample whose images are kept.
   *
   * @param sample index in the whole data set
   * @param images one per step, in the scenario's order
   * @param predictions the class that each step's classifier gives its image
   */
  public record KeptSample(long sample, int label, List<float[]> images, int[] predictions) {}

  /** Writes the content; the head tells where the samples begin and how many they are. */
  void write(DataOutput output) throws IOException {
    folds.write(output);
    byte[] text = lines.getBytes(StandardCharsets.UTF_8);
    output.writeInt(text.length);
    output.write(text);
    output.writeInt(kept.size());
    for (KeptSample sample : kept) {
      output.writeLong(sample.sample());
      output.writeInt(sample.label());
      output.writeInt(sample.images().size());
      for (int step = 0; step < sample.images().size(); step++) {
        RecordOutput.writeFloats(output, sample.images().get(step));
        output.writeInt(sample.predictions()[step]);
      }
    }
    output.writeInt(gallery.size());
    for (Gallery.Row row : gallery) {
      output.writeLong(row.sample());
      output.writeInt(row.label());
      output.writeInt(row.target());
      output.writeInt(row.pictures().size());
      for (Map.Entry<String, Gallery.Picture> picture : row.pictures().entrySet()) {
        output.writeUTF(picture.getKey());
        RecordOutput.writeFloats(output, picture.getValue().pixels());
        output.writeInt(picture.getValue().predicted());
        output.writeBoolean(picture.getValue().success());
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param samples that the record is about
   * @param emptyFolds to be filled
   */
  static UnitRecord read(SampleRange samples, RecordInput input, Supplier<RunFolds> emptyFolds)
      throws IOException {
    RunFolds folds = emptyFolds.get();
    folds.read(input);
    String lines = new String(input.readBytes(), StandardCharsets.UTF_8);
    List<KeptSample> kept = new ArrayList<>();
    int keptCount = input.readCount(Long.BYTES);
    for (int index = 0; index < keptCount; index++) {
      kept.add(readKept(input));
    }
    List<Gallery.Row> gallery = new ArrayList<>();
    int galleryCount = input.readCount(Long.BYTES);
    for (int index = 0; index < galleryCount; index++) {
      gallery.add(readRow(input));
    }
    return new UnitRecord(
        samples.position(), Math.toIntExact(samples.count()), folds, lines, kept, gallery);
  }

  private static KeptSample readKept(RecordInput input) throws IOException {
    long sample = input.readLong();
    int label = input.readInt();
    List<float[]> images = new ArrayList<>();
    int[] predictions = new int[input.readCount(Integer.BYTES)];
    for (int step = 0; step < predictions.length; step++) {
      images.add(input.readFloats());
      predictions[step] = input.readInt();
    }
    return new KeptSample(sample, label, images, predictions);
  }

  private static Gallery.Row readRow(RecordInput input) throws IOException {
    long sample = input.readLong();
    int label = input.readInt();
    int target = input.readInt();
    int count = input.readCount(Integer.BYTES);
    Map<String, Gallery.Picture> pictures = new LinkedHashMap<>();
    for (int index = 0; index < count; index++) {
      String name = input.readUTF();
      float[] pixels = input.readFloats();
      pictures.put(name, new Gallery.Picture(pixels, input.readInt(), input.readBoolean()));
    }
    return new Gallery.Row(sample, label, target, pictures);
  }
}
