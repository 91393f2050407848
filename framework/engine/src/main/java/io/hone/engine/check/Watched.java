package io.hone.engine.check;

import io.hone.api.model.Loss;
import java.util.Arrays;
import java.util.Optional;

/** What an attack was seen to ask about one sample; written by the one thread that attacks it. */
final class Watched {
  private final float[] clean;
  private final int[] seen;
  private Optional<Loss> loss = Optional.empty();
  private float[] losses = new float[16];
  private int asked;

  Watched(float[] clean, int classes) {
    this.clean = clean;
    this.seen = new int[classes];
  }

  float[] clean() {
    return clean;
  }

  /** Takes in the class of an image that the attack could have emitted. */
  void note(int predicted) {
    seen[predicted]++;
  }

  /** Takes in that the attack asked for the gradient of a loss. */
  void note(Loss descended, float value) {
    if (loss.isEmpty()) {
      loss = Optional.of(descended);
    }
    if (asked == losses.length) {
      losses = Arrays.copyOf(losses, 2 * asked);
    }
    losses[asked++] = value;
  }

  /** Returns how many images were answered with a class. */
  int seen(int predicted) {
    return seen[predicted];
  }

  /** Returns the loss whose gradient was asked for first; empty if none was. */
  Optional<Loss> loss() {
    return loss;
  }

  /** Returns how often the gradient of a loss was asked for. */
  int asked() {
    return asked;
  }

  /** Returns the lowest loss among a share of the queries, the first ones. */
  float lowest(double share) {
    float lowest = Float.POSITIVE_INFINITY;
    for (int query = 0; query < share * asked; query++) {
      lowest = Math.min(lowest, losses[query]);
    }
    return lowest;
  }
}
