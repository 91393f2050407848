package io.hone.testkit;

import static org.assertj.core.api.Assertions.fail;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.api.run.Reason;
import io.hone.api.victim.Victim;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A victim that remembers what an attack was told of each sample, and so must know. */
final class WitnessVictim implements Victim {
  /** More queries of one sample than any attack of a contract test makes. */
  private static final long ENDLESS = 500_000;

  private final CountingVictim victim;
  private final String met;
  private final Set<Long> toldNan = new HashSet<>();
  private final Set<Long> toldInfinity = new HashSet<>();
  private final Set<Long> toldFlat = new HashSet<>();
  private final Set<Long> toldSlope = new HashSet<>();
  private final Set<Long> asked = new HashSet<>();
  private final Map<String, WitnessVictim> parts = new HashMap<>();

  /**
   * Puts a witness before a victim.
   *
   * @param met what the attack meets, for messages
   */
  WitnessVictim(CountingVictim victim, String met) {
    this.victim = victim;
    this.met = met;
  }

  /** Returns all queries of a sample so far. */
  long queries(long sample) {
    return victim.forwardQueries(sample) + victim.gradientQueries(sample);
  }

  /**
   * Returns the reason that an attack has to give where it fails on a sample, budgets aside; empty
   * where the answers leave it open.
   */
  Optional<String> obstacle(long sample) {
    Set<Optional<String>> ofParts =
        parts.values().stream()
            .filter(part -> part.asked.contains(sample))
            .map(part -> part.obstacle(sample))
            .collect(Collectors.toSet());
    if (!ofParts.isEmpty()) {
      // What stopped some parts of the work says nothing of the whole.
      return ofParts.size() == 1 ? ofParts.iterator().next() : Optional.empty();
    }
    if (toldNan.contains(sample)) {
      return Optional.of(Reason.NAN);
    }
    boolean flat =
        toldFlat.contains(sample) && !toldSlope.contains(sample) && !toldInfinity.contains(sample);
    return flat ? Optional.of(Reason.NO_GRADIENT) : Optional.empty();
  }

  @Override
  public int[] predict(ImageBatch images) {
    int[] predicted = victim.predict(images);
    for (int row = 0; row < predicted.length; row++) {
      if (predicted[row] < 0) {
        toldNan.add(images.sample(row));
      }
    }
    checkEnds(images);
    return predicted;
  }

  @Override
  public Tensor logits(ImageBatch images) {
    Tensor logits = victim.logits(images);
    rememberFaults(images, logits);
    checkEnds(images);
    return logits;
  }

  @Override
  public LossGradient lossGradient(ImageBatch images, Loss loss, int[] classes) {
    LossGradient answer = victim.lossGradient(images, loss, classes);
    rememberFaults(images, answer.logits());
    rememberSlope(images, answer.gradient());
    return answer;
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    Tensor gradient = victim.vjp(images, cotangent);
    rememberSlope(images, gradient);
    return gradient;
  }

  private void rememberFaults(ImageBatch images, Tensor answer) {
    for (int row = 0; row < answer.rows(); row++) {
      for (float value : answer.row(row)) {
        if (!Float.isFinite(value)) {
          (Float.isNaN(value) ? toldNan : toldInfinity).add(images.sample(row));
        }
      }
    }
  }

  private void rememberSlope(ImageBatch images, Tensor gradient) {
    rememberFaults(images, gradient);
    for (int row = 0; row < gradient.rows(); row++) {
      boolean flat = true;
      for (float slope : gradient.row(row)) {
        flat &= slope == 0;
      }
      (flat ? toldFlat : toldSlope).add(images.sample(row));
    }
    checkEnds(images);
  }

  private void checkEnds(ImageBatch images) {
    for (long sample : images.samples()) {
      asked.add(sample);
      if (queries(sample) > ENDLESS) {
        ContractRule.A5.check(
            met + ", sample " + sample,
            () -> fail("the attack goes on after %d queries of a sample", ENDLESS));
      }
    }
  }

  /** Counts for the whole work, and remembers for the part what it was told. */
  @Override
  public Victim within(String part) {
    return parts.computeIfAbsent(part, key -> new WitnessVictim(victim, met));
  }

  @Override
  public long remainingQueries(long sample) {
    return victim.remainingQueries(sample);
  }

  @Override
  public int classes() {
    return victim.classes();
  }

  @Override
  public boolean accepts(ImageShape shape) {
    return victim.accepts(shape);
  }
}
