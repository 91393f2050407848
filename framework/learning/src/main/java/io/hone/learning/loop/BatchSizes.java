package io.hone.learning.loop;

import io.hone.learning.engine.SizeRange;
import java.util.SplittableRandom;

/**
 * The size of the images of each batch: at random, or larger and larger.
 *
 * @param range of the sizes
 * @param growth share of the training that has each size equally long, the smallest first; the
 *     images then keep the largest size until the end; 0 draws a size for each batch
 */
public record BatchSizes(SizeRange range, double growth) {
  /** Checks the share. */
  public BatchSizes {
    if (!(growth >= 0 && growth <= 1)) {
      throw new IllegalArgumentException("growth is no share of a training: " + growth);
    }
  }

  /** Draws a size for each batch; each size is as likely as the others. */
  public static BatchSizes random(SizeRange range) {
    return new BatchSizes(range, 0);
  }

  /**
   * Returns rows and columns of the images of a batch.
   *
   * @param done share of the training's steps that were made before, from 0 to below 1
   */
  int at(double done, SplittableRandom random) {
    if (growth == 0) {
      return range.draw(random);
    }
    int grown = (int) (done / growth * range.count());
    return Math.min(range.largest(), range.smallest() + grown);
  }
}
