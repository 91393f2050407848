package io.hone.engine.check;

/** What a check says of an attack that may miss what is there. */
final class WeakAttack {
  static final String REASON =
      "This attack follows no gradient, or takes a single step, so that it may miss what is there"
          + " on any model.";

  private WeakAttack() {}
}
