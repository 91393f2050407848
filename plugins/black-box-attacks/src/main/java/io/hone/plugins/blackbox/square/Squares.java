package io.hone.plugins.blackbox.square;

import io.hone.api.data.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a search in one norm starts with and what it changes next, for the rows of a batch. */
interface Squares {
  /** Returns whether a row's image may differ from the clean one at all. */
  boolean canMove(int row);

  /**
   * Moves a row's clean image in place to where the search starts, within the ball and the bounds.
   */
  void start(int row, float[] image, RandomGenerator random);

  /**
   * Changes the best image of a row in place into another one within the ball and the bounds.
   *
   * @param iteration counts from 0
   * @param images holds the best image of the row, at {@code place}
   * @return windows that hold everything that changed
   */
  List<Window> change(int row, int iteration, Tensor images, int place, RandomGenerator random);

  /** Takes note that what was made last of a row is its best image from now on. */
  void keep(int row);
}
