package io.hone.report;

import java.awt.image.BufferedImage;
import java.util.Map;

/**
 * Draws numbers onto a picture without a font: machines without a screen often have none, and the
 * same numbers give the same bytes everywhere.
 */
final class BitmapDigits {
  /** The height of a number in pixels. */
  static final int HEIGHT = 10;

  private static final int ROWS = 5;
  private static final int COLUMNS = 3;
  private static final int SCALE = HEIGHT / ROWS;
  private static final int ADVANCE = (COLUMNS + 1) * SCALE;
  private static final int INK = 0x1F2328;

  /** Each glyph as five rows of three dots. */
  private static final Map<Character, String> GLYPHS =
      Map.ofEntries(
          Map.entry('0', "###|# #|# #|# #|###"),
          Map.entry('1', " # |## | # | # |###"),
          Map.entry('2', "###|  #|###|#  |###"),
          Map.entry('3', "###|  #| ##|  #|###"),
          Map.entry('4', "# #|# #|###|  #|  #"),
          Map.entry('5', "###|#  |###|  #|###"),
          Map.entry('6', "###|#  |###|# #|###"),
          Map.entry('7', "###|  #| # | # | # "),
          Map.entry('8', "###|# #|###|# #|###"),
          Map.entry('9', "###|# #|###|  #|###"),
          Map.entry('.', "   |   |   |   | # "),
          Map.entry(',', "   |   |   | # |#  "),
          Map.entry('-', "   |   |###|   |   "),
          Map.entry('e', "   |###|###|#  |###"));

  private final BufferedImage picture;

  BitmapDigits(BufferedImage picture) {
    this.picture = picture;
  }

  /**
   * Draws a number; characters that no number has are left out.
   *
   * @param middle of the text, in pixels from the left
   * @param top of the text
   */
  void draw(String number, int middle, int top) {
    int left = middle - (number.length() * ADVANCE - SCALE) / 2;
    for (int index = 0; index < number.length(); index++) {
      String glyph = GLYPHS.getOrDefault(number.charAt(index), "");
      String[] rows = glyph.split("\\|");
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; column < rows[row].length(); column++) {
          if (rows[row].charAt(column) == '#') {
            dot(left + index * ADVANCE + column * SCALE, top + row * SCALE);
          }
        }
      }
    }
  }

  private void dot(int left, int top) {
    for (int y = top; y < Math.min(picture.getHeight(), top + SCALE); y++) {
      for (int x = Math.max(0, left); x < Math.min(picture.getWidth(), left + SCALE); x++) {
        picture.setRGB(x, y, INK);
      }
    }
  }
}
