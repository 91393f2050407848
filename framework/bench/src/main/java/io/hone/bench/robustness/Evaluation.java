package io.hone.bench.robustness;

import java.util.List;
import java.util.stream.IntStream;

/**
 * What one evaluation of a model's robustness made of every image.
 *
 * @param seed of its random numbers
 * @param seconds that its attacks took
 * @param endings one for each image: {@link #MISCLASSIFIED}, {@link #ROBUST}, or the name of the
 *     attack that broke it
 */
public record Evaluation(long seed, double seconds, List<String> endings) {
  /** The ending of an image that the model takes for another class without an attack. */
  public static final String MISCLASSIFIED = "misclassified";

  /** The ending of an image that no attack broke. */
  public static final String ROBUST = "robust";

  /** Takes a copy. */
  public Evaluation {
    endings = List.copyOf(endings);
  }

  /** Returns whether no attack broke an image that the model classifies correctly. */
  public boolean robust(int image) {
    return endings.get(image).equals(ROBUST);
  }

  /** Returns how many images have an ending. */
  public int count(String ending) {
    return (int) endings.stream().filter(ending::equals).count();
  }

  /** Returns the images, in order, that have an ending. */
  public List<Integer> images(String ending) {
    return IntStream.range(0, endings.size())
        .filter(image -> endings.get(image).equals(ending))
        .boxed()
        .toList();
  }

  /** Returns the evaluation of the first images alone; its seconds are still those of all. */
  public Evaluation first(int count) {
    return new Evaluation(seed, seconds, endings.subList(0, Math.min(count, endings.size())));
  }
}
