package io.hone.scenario.card;

/** A text of a card as it is written, quoted or not: class 7 may be named 7. */
record PlainText(String text) {}
