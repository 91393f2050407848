package io.hone.plugins.improvers.search;

/**
 * What an improver does with one sample: it asks for the class of images that are between the
 * example and its clean image, and keeps what keeps the class.
 *
 * <p>The sample's row of the batch always holds the best image confirmed so far, so a search may be
 * stopped after any answer.
 */
public interface Search {
  /** Returns whether it wants gradients at the confirmed image before it asks on. */
  default boolean wantsGradients() {
    return false;
  }

  /**
   * Takes in the gradients it wanted.
   *
   * @param gradients as {@link Gradients#measure} returns them, one array of features each
   */
  default void learn(float[][] gradients) {
    throw new IllegalStateException("this search wants no gradients");
  }

  /** Asks about the next images; asks about none where the search is finished. */
  void ask(Questions questions);

  /** Takes in which of the images it asked about keep the class. */
  void answer(Answers answers);
}
