package io.hone.plugins.stored;

import io.hone.api.run.Reason;

/** What is odd about a sample's example: the word on its row, and what the user is told once. */
enum Flag {
  MISSING("missing", "no row belongs to it; its clean image is used"),
  NAN(Reason.NAN, "its row holds NaN; its clean image is used"),
  OUT_OF_RANGE("out-of-range", "its row leaves [0, 1]; its clean image is used"),
  STALE("stale", "its row was made from another image; its clean image is used"),
  OTHER_PREDICTION(
      "other-prediction", "the model gives its row another class than was recorded; it is used");

  private final String reason;
  private final String meaning;

  Flag(String reason, String meaning) {
    this.reason = reason;
    this.meaning = meaning;
  }

  String reason() {
    return reason;
  }

  /** Returns what to tell of the samples that bear it. */
  String notice(String examples) {
    return "samples.csv says '" + reason + "' of some samples of " + examples + ": " + meaning;
  }
}
