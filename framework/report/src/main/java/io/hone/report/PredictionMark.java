package io.hone.report;

import io.hone.engine.results.Gallery;

/** What became of a prediction, told by a word and a mark beside the colour. */
enum PredictionMark {
  TRUE_CLASS("true class", "\u25cb", "kept"),
  GOAL_MET("goal met", "\u25cf", "met"),
  OTHER_CLASS("another class", "\u25b3", "other"),
  NONE("no prediction", "\u2013", "other");

  private final String words;
  private final String mark;
  private final String tone;

  PredictionMark(String words, String mark, String tone) {
    this.words = words;
    this.mark = mark;
    this.tone = tone;
  }

  /** Returns the verdict on a picture of a sample. */
  static PredictionMark of(Gallery.Row sample, Gallery.Picture picture) {
    if (picture.success()) {
      return GOAL_MET;
    }
    if (picture.predicted() < 0) {
      return NONE;
    }
    return picture.predicted() == sample.label() ? TRUE_CLASS : OTHER_CLASS;
  }

  String words() {
    return words;
  }

  String mark() {
    return mark;
  }

  /** Returns the CSS class. */
  String tone() {
    return tone;
  }
}
