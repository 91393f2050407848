package io.hone.engine.check;

import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.engine.context.Cancellation;
import io.hone.engine.data.LabelledBatch;
import io.hone.engine.step.UnitInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Finds the first samples that a model classifies correctly. */
final class CheckedSamples {
  private static final int AT_ONCE = 64;

  private final Dataset dataset;
  private final Classifier model;
  private final Cancellation cancellation;

  CheckedSamples(Dataset dataset, Classifier model, Cancellation cancellation) {
    this.dataset = dataset;
    this.model = model;
    this.cancellation = cancellation;
  }

  /**
   * Returns at most so many samples; fewer, or none, where the data set has no more.
   *
   * @param within only the data set's first images, so many of them
   */
  UnitInput first(int count, long within) {
    List<UnitInput> parts = new ArrayList<>();
    int found = 0;
    for (long position = 0; position < within && found < count; position += AT_ONCE) {
      cancellation.check();
      int read = (int) Math.min(AT_ONCE, within - position);
      UnitInput correct = correct(LabelledBatch.read(dataset, position, read), count - found);
      found += correct.size();
      parts.add(correct);
    }
    return joined(parts, found);
  }

  private UnitInput correct(LabelledBatch read, int most) {
    Tensor logits = model.logits(read.images());
    int[] labels = read.labels().clone();
    int[] rows = new int[labels.length];
    int found = 0;
    for (int row = 0; row < labels.length && found < most; row++) {
      int predicted = logits.argmax(row);
      labels[row] = labels[row] == Dataset.NO_LABEL ? predicted : labels[row];
      if (predicted >= 0 && predicted == labels[row]) {
        rows[found++] = row;
      }
    }
    return Rows.select(
        new UnitInput(0, read.images(), labels, logits, labels), Arrays.copyOf(rows, found));
  }

  private UnitInput joined(List<UnitInput> parts, int size) {
    Tensor pixels = Tensor.images(size, dataset.shape());
    Tensor logits = Tensor.zeros(size, model.classes());
    long[] samples = new long[size];
    int[] labels = new int[size];
    int row = 0;
    for (UnitInput part : parts) {
      pixels.copyRows(row, part.images().pixels(), 0, part.size());
      logits.copyRows(row, part.logits(), 0, part.size());
      for (int index = 0; index < part.size(); index++, row++) {
        samples[row] = part.images().sample(index);
        labels[row] = part.labels()[index];
      }
    }
    return new UnitInput(0, new ImageBatch(pixels, samples), labels, logits, labels.clone());
  }
}
