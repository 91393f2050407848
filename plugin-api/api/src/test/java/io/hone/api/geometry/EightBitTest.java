package io.hone.api.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EightBitTest {
  @Test
  void everyLevelIsItself() {
    for (int level = 0; level <= 255; level++) {
      float value = EightBit.value(level);
      assertThat(EightBit.level(value)).isEqualTo(level);
      assertThat(EightBit.roundToward(value, 0)).isEqualTo(value);
      assertThat(EightBit.roundToward(value, 1)).isEqualTo(value);
    }
  }

  @Test
  void halvesGoUp() {
    assertThat(EightBit.level((float) (76.5 / 255))).isEqualTo(77);
    assertThat(EightBit.round(0.3f)).isEqualTo(EightBit.value(77));
  }

  @Test
  void roundingTowardTheCleanValueNeverLeavesTheBall() {
    // 0.3 is 76.5 levels: the nearest level would be farther from 0 than 0.3 is.
    assertThat(EightBit.roundToward(0.3f, 0)).isEqualTo(EightBit.value(76));
    assertThat(EightBit.roundToward(0.7f, 1)).isEqualTo(EightBit.value(179));
  }

  @Test
  void aLevelThatIsFartherByOneFloatIsLeftOut() {
    double radius = 8 / 255.0;
    for (int level = 0; level < 256; level++) {
      float clean = EightBit.value(level);
      float[] moved = {1, 0};
      new Ball(Norm.LINF, radius).project(moved, new float[] {clean, clean});
      for (float value : moved) {
        float rounded = EightBit.roundToward(value, clean);
        assertThat(Math.abs((double) rounded - clean)).isLessThanOrEqualTo(radius);
        assertThat(rounded).isEqualTo(EightBit.round(rounded));
        assertThat(Math.abs(rounded - value)).isLessThan(1 / 254f);
        assertThat(EightBit.roundToward(rounded, clean)).isEqualTo(rounded);
      }
    }
  }

  @Test
  void whatWasNotChangedStaysSoBetweenLevels() {
    for (float clean : new float[] {10.4f / 255, 10.6f / 255}) {
      float level = EightBit.round(clean);
      assertThat(EightBit.roundToward(clean, clean)).isEqualTo(level);
      assertThat(EightBit.roundToward(10.8f / 255, clean))
          .isEqualTo(EightBit.value(clean < 10.5f / 255 ? 10 : 11));
      assertThat(EightBit.roundToward(10.2f / 255, clean))
          .isEqualTo(EightBit.value(clean < 10.5f / 255 ? 10 : 11));
    }
    assertThat(EightBit.roundToward(Float.NaN, 0)).isNaN();
  }
}
