package io.hone.plugins.blackbox.square;

import io.hone.api.data.ImageShape;

/**
 * Square tiles that cover an image up to a border narrower than a tile: what a search in L2 or L1
 * starts with. Where the shorter side has at least 5 pixels, at least 5 tiles fit into it.
 *
 * @param side of a tile
 * @param rows how many tiles are above each other
 * @param columns how many tiles are side by side
 * @param top where the first row of tiles begins
 * @param left where the first column of tiles begins
 */
record Tiles(int side, int rows, int columns, int top, int left) {
  private static final int ALONG_SHORTER_SIDE = 5;

  static Tiles of(ImageShape shape) {
    int shorter = Math.min(shape.height(), shape.width());
    int side = Math.max(1, shorter / ALONG_SHORTER_SIDE);
    int rows = shape.height() / side;
    int columns = shape.width() / side;
    return new Tiles(
        side,
        rows,
        columns,
        (shape.height() - rows * side) / 2,
        (shape.width() - columns * side) / 2);
  }

  int count() {
    return rows * columns;
  }

  /** Returns the window of a tile; tiles count from 0. */
  Window window(int tile) {
    return new Window(top + tile / columns * side, left + tile % columns * side, side, side);
  }
}
