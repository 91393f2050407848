package io.hone.plugins.blackbox.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PyramidPairTest {
  @ParameterizedTest
  @EnumSource
  void hasLengthOneWithHalvesOfTheSameLength(AdditiveNorm norm) {
    for (int side = 2; side <= 45; side++) {
      PyramidPair pair = PyramidPair.of(side, norm);
      double up = 0;
      double down = 0;
      for (int row = 0; row < side; row++) {
        for (int column = 0; column < side; column++) {
          double value = pair.at(row, column, false);
          assertThat(value > 0).as("side %d at %d", side, column).isEqualTo(column < side / 2);
          assertThat(pair.at(column, row, true)).isEqualTo(value);
          up += value > 0 ? norm.part(value) : 0;
          down += value < 0 ? norm.part(value) : 0;
        }
      }
      assertThat(norm.length(up + down)).isCloseTo(1, within(1e-12));
      assertThat(up).isCloseTo(down, within(1e-12));
    }
  }

  @Test
  void isTheSumOfGrowingRectangles() {
    PyramidPair pair = PyramidPair.of(5, AdditiveNorm.L2);
    // Around the middle (2, 1) of 5 x 2: 1 + 1/4 + 1/9 there, 1/4 + 1/9 beside it, then 1/9.
    double middle = pair.at(2, 1, false);
    assertThat(pair.at(2, 0, false) / middle).isCloseTo(13.0 / 49, within(1e-12));
    assertThat(pair.at(1, 1, false) / middle).isCloseTo(13.0 / 49, within(1e-12));
    assertThat(pair.at(4, 0, false) / middle).isCloseTo(4.0 / 49, within(1e-12));
    // Around the middle (2, 1) of 5 x 3, which are the columns 2 to 4.
    assertThat(pair.at(2, 4, false) / pair.at(2, 3, false)).isCloseTo(13.0 / 49, within(1e-12));
  }

  @Test
  void fallsOffFasterInL1() {
    PyramidPair pair = PyramidPair.of(3, AdditiveNorm.L1);
    // Around the middle (1, 0) of 3 x 1: 1 + 1/16 there, then 1/16.
    assertThat(pair.at(0, 0, false) / pair.at(1, 0, false)).isCloseTo(1.0 / 17, within(1e-12));
  }

  @Test
  void ofOnePixelIsASign() {
    assertThat(PyramidPair.of(1, AdditiveNorm.L2).at(0, 0, false)).isEqualTo(-1);
    assertThat(PyramidPair.of(1, AdditiveNorm.L1).at(0, 0, true)).isEqualTo(-1);
  }
}
