package io.hone.plugins.blackbox.square;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TilesTest {
  private static final int LONGEST = 40;

  @Test
  void coverImagesOfEverySizeButForANarrowBorder() {
    for (int height = 1; height <= LONGEST; height++) {
      for (int width = 1; width <= LONGEST; width++) {
        ImageShape shape = new ImageShape(1, height, width);
        Tiles tiles = Tiles.of(shape);
        int[] covers = new int[shape.pixels()];
        for (int tile = 0; tile < tiles.count(); tile++) {
          Window window = tiles.window(tile);
          for (int row = window.top(); row < window.bottom(); row++) {
            for (int column = window.left(); column < window.right(); column++) {
              covers[row * width + column]++;
            }
          }
        }
        assertThat(Arrays.stream(covers).max().orElseThrow()).as("%s", shape).isOne();
        int bare = tiles.side() - 1;
        int missed = 0;
        for (int row = bare; row < height - bare; row++) {
          for (int column = bare; column < width - bare; column++) {
            missed += covers[row * width + column] == 0 ? 1 : 0;
          }
        }
        assertThat(missed).as("pixels of %s without a tile", shape).isZero();
      }
    }
  }

  @Test
  void areThoseOfTheAuthorsWhereTheirsFit() {
    assertThat(Tiles.of(new ImageShape(1, 28, 28))).isEqualTo(new Tiles(5, 5, 5, 1, 1));
    assertThat(Tiles.of(new ImageShape(3, 32, 32))).isEqualTo(new Tiles(6, 5, 5, 1, 1));
    assertThat(Tiles.of(new ImageShape(3, 224, 224))).isEqualTo(new Tiles(44, 5, 5, 2, 2));
  }

  @Test
  void fitWhereThoseOfTheAuthorsHangOver() {
    for (int side : new int[] {12, 14, 18, 19, 24}) {
      Tiles tiles = Tiles.of(new ImageShape(3, side, side));
      assertThat(tiles.window(tiles.count() - 1).bottom()).isLessThanOrEqualTo(side);
      assertThat(tiles.rows()).isGreaterThan(5);
    }
  }
}
