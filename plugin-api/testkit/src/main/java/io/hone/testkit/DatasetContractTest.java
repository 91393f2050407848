package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every {@link DatasetProvider} promises: images and labels in range that are the same in
 * whatever pieces, from whatever thread and however often they are read.
 *
 * <p>A data set needs at least two images here; the first ones are read.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class DatasetContractTest<P extends Record> extends ComponentContractTest<P> {
  private static final int LARGEST_SAMPLE_READ = 50;
  private static final int READERS = 4;
  private static final String MET = "the data set of parameters()";

  @TempDir Path folder;

  private final DatasetProvider<P> provider;

  /** Creates the test of a data set. */
  protected DatasetContractTest(DatasetProvider<P> provider) {
    super(provider, DatasetProvider.class);
    this.provider = provider;
  }

  /** Returns what is known of a model that the data set is opened for; nothing by default. */
  protected DatasetRequest request() {
    return DatasetRequest.open();
  }

  /** Returns the run that the data set is opened in; one with an empty data folder by default. */
  protected Run run() {
    return new TestRun(7, folder);
  }

  /** What was read of a data set's first images. */
  private record Images(Tensor pixels, int[] labels) {}

  private Dataset open() {
    return provider.open(parameters(), request(), run());
  }

  private static int count(Dataset dataset) {
    return (int) Math.min(dataset.size(), LARGEST_SAMPLE_READ);
  }

  private static Images read(Dataset dataset, int chunk) {
    int count = count(dataset);
    Tensor pixels = Tensor.images(count, dataset.shape());
    float[] unset = new float[pixels.rowSize()];
    Arrays.fill(unset, Float.NaN);
    for (int row = 0; row < count; row++) {
      pixels.setRow(row, unset);
    }
    int[] labels = new int[count];
    for (int row = 0; row < count; row += chunk) {
      int end = Math.min(count, row + chunk);
      int[] some = new int[end - row];
      dataset.read(row, pixels.rows(row, end), some);
      System.arraycopy(some, 0, labels, row, some.length);
    }
    return new Images(pixels, labels);
  }

  private static void assertSame(Images images, Images expected) {
    assertThat(images.labels()).isEqualTo(expected.labels());
    for (int row = 0; row < expected.pixels().rows(); row++) {
      assertThat(images.pixels().row(row))
          .as("image %d", row)
          .isEqualTo(expected.pixels().row(row));
    }
  }

  @Test
  void fillsImagesWithValuesInRange() {
    ContractRule.S1.check(
        MET,
        () -> {
          try (Dataset dataset = open()) {
            assertThat(dataset.size()).isGreaterThanOrEqualTo(2);
            Tensor pixels = read(dataset, count(dataset)).pixels();
            for (int row = 0; row < pixels.rows(); row++) {
              for (float value : pixels.row(row)) {
                assertThat(value).as("image %d", row).isBetween(0f, 1f);
              }
            }
          }
        });
  }

  @Test
  void givesLabelsOfItsClasses() {
    ContractRule.S2.check(
        MET,
        () -> {
          try (Dataset dataset = open()) {
            int[] labels = read(dataset, count(dataset)).labels();
            for (int position = 0; position < labels.length; position++) {
              assertThat(labels[position])
                  .as("label %d", position)
                  .isEqualTo(dataset.label(position));
              if (labels[position] != Dataset.NO_LABEL) {
                assertThat(labels[position]).as("label %d", position).isNotNegative();
                if (!dataset.classNames().isEmpty()) {
                  assertThat(labels[position]).isLessThan(dataset.classNames().size());
                }
              }
            }
            assertThat(dataset.classNames()).doesNotHaveDuplicates();
          }
        });
  }

  @Test
  void findsNothingWrongWithImagesThatItReads() {
    try (Dataset dataset = open()) {
      read(dataset, count(dataset));
      assertThatCode(() -> dataset.check(0, count(dataset))).doesNotThrowAnyException();
    }
  }

  @Test
  void readsTheSameInPiecesOfAnySize() {
    ContractRule.S3.check(
        MET + ", in pieces of 1, 2 and 7",
        () -> {
          try (Dataset dataset = open()) {
            Images expected = read(dataset, count(dataset));
            for (int chunk : List.of(1, 2, 7)) {
              assertSame(read(dataset, chunk), expected);
            }
          }
        });
  }

  @Test
  void readsTheSameFromSeveralThreads() {
    ContractRule.S4.check(
        MET + ", from " + READERS + " threads",
        () -> {
          ExecutorService threads = Executors.newFixedThreadPool(READERS);
          try (Dataset dataset = open()) {
            Images expected = read(dataset, count(dataset));
            List<Future<Images>> results = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
              int chunk = reader + 1;
              results.add(threads.submit(() -> read(dataset, chunk)));
            }
            for (Future<Images> result : results) {
              assertSame(result.get(), expected);
            }
          } finally {
            threads.shutdownNow();
          }
        });
  }

  @Test
  void opensTheSameAgain() {
    ContractRule.S5.check(
        MET,
        () -> {
          try (Dataset first = open();
              Dataset second = open()) {
            assertThat(second.size()).isEqualTo(first.size());
            assertThat(second.shape()).isEqualTo(first.shape());
            assertThat(second.classNames()).isEqualTo(first.classNames());
            assertThat(second.fingerprint()).isNotBlank().isEqualTo(first.fingerprint());
            assertSame(read(second, 3), read(first, 3));
          }
        });
  }

  @Test
  void numbersItsSamplesInAscendingOrder() {
    ContractRule.S6.check(
        MET,
        () -> {
          try (Dataset dataset = open()) {
            long previous = -1;
            for (int position = 0; position < count(dataset); position++) {
              assertThat(dataset.sample(position)).isGreaterThan(previous);
              previous = dataset.sample(position);
            }
          }
        });
  }
}
