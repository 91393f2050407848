package io.hone.plugins.datasets.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.numpy.NumpyArray;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelArrayTest {
  @TempDir Path folder;
  private final TestRun run = new TestRun(7);

  private int[] read(Path labels, int classes) {
    Path pixels = ArrayFiles.floats(folder.resolve("images.npy"), new float[6], 1, 2);
    int[] read = new int[3];
    try (NumpyArray array = NumpyArray.open(labels);
        NumpyArray images = NumpyArray.open(pixels)) {
      LabelArray.read(array, images, Optional.of(classes), read, run);
    }
    return read;
  }

  private void assertRefused(Path labels, String... words) {
    assertThatThrownBy(() -> read(labels, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void tellsWhichClassTrueIs() {
    Path flags = ArrayFiles.values(folder.resolve("b.npy"), "|b1", "(3,)", 1, 1, 0, 1);
    assertThat(read(flags, 2)).containsExactly(1, 0, 1);
    assertThat(run.notices())
        .singleElement()
        .asString()
        .contains("b.npy", "False is class 0", "True is class 1");
    assertRefused(flags, "b.npy", "True and False", "classes 0 to 9", "astype('int64')");
  }

  @Test
  void takesAColumn() {
    assertThat(read(ArrayFiles.longs(folder.resolve("y.npy"), new long[] {4, 5, 6}, 1), 10))
        .containsExactly(4, 5, 6);
  }

  @Test
  void advisesByTheShape() {
    Path row = ArrayFiles.longs(folder.resolve("row.npy"), new long[3], 3);
    assertRefused(row, "row.npy", "(1, 3)", "(3,)", "array.reshape(-1)");
    Path hot = ArrayFiles.longs(folder.resolve("hot.npy"), new long[30], 10);
    assertRefused(hot, "hot.npy", "(3, 10)", "array.argmax(axis=1)");
    Path others = ArrayFiles.longs(folder.resolve("others.npy"), new long[20], 10);
    assertRefused(others, "others.npy", "(2, 10)", "labels of these images");
  }

  @Test
  void refusesFractionsWithoutAConversionThatWouldLoseThem() {
    float[] halves = {1, 0.5f, 0};
    assertThatThrownBy(() -> read(ArrayFiles.floats(folder.resolve("h.npy"), halves), 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("h.npy", "0.5 in row 1", "whole numbers")
        .hasMessageNotContaining("astype");
    assertRefused(
        ArrayFiles.floats(folder.resolve("n.npy"), new float[] {1, 2, Float.NaN}), "NaN in row 2");
    assertRefused(
        ArrayFiles.floats(folder.resolve("f.npy"), new float[] {1, 2, 9}), "astype('int64')");
  }
}
