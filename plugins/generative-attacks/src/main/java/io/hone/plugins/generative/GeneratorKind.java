package io.hone.plugins.generative;

import java.util.Arrays;
import java.util.Optional;

/** The attacks by generators, each with the trainer that makes its generators. */
enum GeneratorKind {
  ATN("atn", "adversarial-transformation-network"),
  AAE("aae", "aae"),
  AE4DNN("ae4dnn", "ae4dnn");

  private final String attack;
  private final String trainer;

  GeneratorKind(String attack, String trainer) {
    this.attack = attack;
    this.trainer = trainer;
  }

  /** Returns the attack's id. */
  String attack() {
    return attack;
  }

  /** Returns the trainer's id. */
  String trainer() {
    return trainer;
  }

  /** Returns the kind of generator that a trainer makes, if it is one of these. */
  static Optional<GeneratorKind> madeBy(String trainer) {
    return Arrays.stream(values()).filter(kind -> kind.trainer.equals(trainer)).findAny();
  }
}
