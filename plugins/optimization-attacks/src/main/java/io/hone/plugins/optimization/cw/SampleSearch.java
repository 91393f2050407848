package io.hone.plugins.optimization.cw;

/** The search for one sample's adversarial example, as a machine that is shown one image a turn. */
interface SampleSearch {
  /** Writes the image to be asked about next; in [0, 1]. */
  void writeImage(float[] image);

  /** Takes in what the victim said of the image; returns whether there is another one to ask. */
  boolean observe(VictimAnswer evaluation);

  /** Returns whether an adversarial example was found. */
  boolean found();
}
