package io.hone.plugins.blackbox.square;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ExactClassifier;

/** One attack on one batch, with all that it left behind. */
final class Trial {
  final TestRun run = new TestRun(1);
  final CountingVictim victim;
  final Tensor images;

  Trial(SquareParams parameters, ExactClassifier model, long budget, Batch clean) {
    victim = new CountingVictim(model, Access.SCORES, budget, run);
    images = clean.pixels().copy();
    new SquareAttack().attack(parameters.build(), victim, clean, images, run);
  }

  Trial(SquareParams parameters, ExactClassifier model, Batch clean) {
    this(parameters, model, Long.MAX_VALUE, clean);
  }

  /** Returns the queries of the only image. */
  long queries() {
    return victim.forwardQueries(Image.SAMPLE);
  }
}
