package io.hone.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.scenario.Selection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SelectedDatasetTest {
  private static final int SIZE = 60;

  /** Sorted as folders are: twenty images of each class; sample indices start at 100. */
  private static final class Sorted implements Dataset {
    private final boolean labelled;
    private final List<Integer> reads = new ArrayList<>();
    private boolean closed;

    Sorted(boolean labelled) {
      this.labelled = labelled;
    }

    @Override
    public long size() {
      return SIZE;
    }

    @Override
    public ImageShape shape() {
      return new ImageShape(1, 1, 1);
    }

    @Override
    public List<String> classNames() {
      return List.of("a", "b", "c");
    }

    @Override
    public long sample(long position) {
      return 100 + position;
    }

    @Override
    public int label(long position) {
      return labelled ? (int) position / 20 : NO_LABEL;
    }

    @Override
    public void read(long position, Tensor into, int[] labels) {
      reads.add(into.rows());
      for (int row = 0; row < into.rows(); row++) {
        into.set(row, 0, (position + row) / 100f);
        labels[row] = label(position + row);
      }
    }

    @Override
    public String fingerprint() {
      return "sorted";
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Sorted all = new Sorted(true);

  private static Selection selection(Long from, Long to, Long count, Long perClass, Long seed) {
    return new Selection(
        Optional.ofNullable(from),
        Optional.ofNullable(to),
        Optional.ofNullable(count),
        Optional.ofNullable(perClass),
        Optional.ofNullable(seed));
  }

  private long[] samples(Selection selection) {
    Dataset selected = SelectedDataset.of(all, selection);
    return LongStream.range(0, selected.size()).map(selected::sample).toArray();
  }

  @Test
  void isTheWholeDataSetWhereNothingIsSelected() {
    assertThat(SelectedDataset.of(all, Selection.ALL)).isSameAs(all);
  }

  @Test
  void takesTheFirstImagesAndNoMoreThanThereAre() {
    assertThat(samples(Selection.first(3))).containsExactly(100, 101, 102);
    assertThat(samples(Selection.first(1000))).hasSize(SIZE);
  }

  @Test
  void takesImagesBetweenPositions() {
    assertThat(samples(selection(10L, 13L, null, null, null))).containsExactly(110, 111, 112);
    assertThat(samples(selection(57L, null, null, null, null))).containsExactly(157, 158, 159);
    assertThat(samples(selection(10L, 60L, 2L, null, null))).containsExactly(110, 111);
  }

  @Test
  void takesTheFirstOfEachClass() {
    assertThat(samples(selection(null, null, null, 2L, null)))
        .containsExactly(100, 101, 120, 121, 140, 141);
    assertThat(samples(selection(19L, null, 4L, 2L, null))).containsExactly(119, 120, 121, 140);
  }

  @Test
  void drawsTheSameImagesWithTheSameSeedAndKeepsTheirOrder() {
    long[] drawn = samples(selection(null, null, 12L, null, 3L));

    assertThat(drawn).hasSize(12).isSorted().doesNotHaveDuplicates();
    assertThat(drawn).isEqualTo(samples(selection(null, null, 12L, null, 3L)));
    assertThat(drawn).isNotEqualTo(samples(selection(null, null, 12L, null, 4L)));
    assertThat(drawn).isNotEqualTo(samples(Selection.first(12)));
  }

  @Test
  void drawsFewerOfTheSameImagesBelowALimit() {
    long[] drawn = samples(selection(null, null, 12L, null, 3L));

    assertThat(drawn).contains(samples(selection(null, null, 5L, null, 3L)));
  }

  @Test
  void drawsOfEachClassBetweenPositions() {
    long[] drawn = samples(selection(5L, 55L, null, 3L, 8L));

    assertThat(Arrays.stream(drawn).map(sample -> (sample - 100) / 20))
        .containsExactly(0L, 0L, 0L, 1L, 1L, 1L, 2L, 2L, 2L);
    assertThat(drawn[0]).isGreaterThanOrEqualTo(105);
    assertThat(drawn[8]).isLessThan(155);
  }

  @Test
  void readsItsImagesInAnyPieces() {
    Dataset selected = SelectedDataset.of(all, selection(18L, null, null, 2L, null));
    Tensor pixels = Tensor.images(6, selected.shape());
    int[] labels = new int[6];
    selected.read(0, pixels, labels);

    assertThat(labels).containsExactly(0, 0, 1, 1, 2, 2);
    assertThat(IntStream.range(0, 6).mapToObj(row -> pixels.get(row, 0)))
        .containsExactly(0.18f, 0.19f, 0.2f, 0.21f, 0.4f, 0.41f);
    assertThat(all.reads).as("neighbours are read in one go").containsExactly(4, 2);
    assertThat(IntStream.range(0, 6).map(selected::label).toArray()).isEqualTo(labels);
    selected.read(3, pixels.rows(0, 2), new int[2]);
    assertThat(pixels.get(1, 0)).isEqualTo(0.4f);
  }

  @Test
  void isTheSameDataSetOtherwise() {
    try (Dataset selected = SelectedDataset.of(all, Selection.first(3))) {
      assertThat(selected.shape()).isEqualTo(all.shape());
      assertThat(selected.classNames()).isEqualTo(all.classNames());
      assertThat(selected.fingerprint()).isEqualTo(all.fingerprint());
    }
    assertThat(all.closed).isTrue();
  }

  @Test
  void refusesPositionsThatTheDataSetDoesNotHave() {
    assertThatThrownBy(() -> samples(selection(60L, null, null, null, null)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("60", "the positions 0 to 59");
    assertThatThrownBy(() -> samples(selection(0L, 61L, null, null, null)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the positions 0 to 59");
  }

  @Test
  void refusesClassesOfImagesWithoutLabels() {
    assertThatThrownBy(
            () -> SelectedDataset.of(new Sorted(false), selection(null, null, null, 2L, null)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("per-class needs labels", "sample 100");
  }
}
