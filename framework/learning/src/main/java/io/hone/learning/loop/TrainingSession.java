package io.hone.learning.loop;

import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.learning.engine.Companion;
import io.hone.learning.engine.Engines;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearnersInTurns;
import io.hone.learning.engine.LearningEngine;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What every trainer does once it knows what learns.
 *
 * @param subject to be trained
 * @param lesson to be learned
 * @param plan how
 * @param keep whether the network is also written in the engine's own format
 */
public record TrainingSession(Subject subject, Lesson lesson, TrainingPlan plan, boolean keep) {
  /** Returns the stream that the first weights of a training are drawn from. */
  public static SplittableRandom start(long seed) {
    return new TrainingRandom(seed).start();
  }

  /**
   * Refuses what cannot work, before an example is made.
   *
   * @throws io.hone.api.BadInputException naming what the engine cannot do
   */
  public void check(TrainingChoices choices) {
    LearningEngine engine = Engines.find(choices.engine());
    if (lesson.attacks() && !engine.attacksNetworks()) {
      throw new RefusedChoiceException(
          "engine",
          "the engine %s attacks no network while it learns; write engine: %s"
              .formatted(engine.id(), Engines.USUAL));
    }
    check(choices, subject, lesson.objective(), plan, keep);
  }

  /**
   * Refuses what cannot work, where a lesson needs more than is there before examples are made.
   *
   * @throws io.hone.api.BadInputException naming what the engine cannot do
   */
  public static void check(
      TrainingChoices choices,
      Subject subject,
      Objective objective,
      TrainingPlan plan,
      boolean keep) {
    Engines.find(choices.engine()).check(request(choices, subject, objective, plan, keep, 1));
  }

  private static LearningRequest request(
      TrainingChoices choices,
      Subject subject,
      Objective objective,
      TrainingPlan plan,
      boolean keep,
      int threads) {
    return new LearningRequest(
        subject,
        objective,
        plan.rules(),
        choices.device(),
        choices.shards(),
        threads,
        plan.batch(),
        keep,
        plan.augmentation().sizes().map(BatchSizes::range));
  }

  /**
   * Trains and writes the model with the best weights.
   *
   * @param notes for the training section of the model's card
   */
  public TrainedModel train(TrainingTask task, Map<String, Object> notes, Run run) {
    LearningEngine engine = Engines.find(task.choices().engine());
    LearningRequest request =
        request(task.choices(), subject, lesson.objective(), plan, keep, task.threads());
    try (Learner learner = open(engine, request, run)) {
      Fingerprint fingerprint =
          new Fingerprint()
              .add("engine", engine.id())
              .add("device", learner.device())
              .add("shards", learner.shards())
              .add("network", identity());
      TrainingLoop loop =
          new TrainingLoop(
              learner, lesson, plan, engine.followsScheduleByStep(), task, fingerprint, run);
      Checkpoint checkpoint = loop.train();
      learner.load(checkpoint.best());
      Map<String, Object> told = new LinkedHashMap<>(notes);
      told.putAll(lesson.notes());
      told.put("engine", engine.id());
      told.put("device", learner.device());
      told.put("shards", learner.shards());
      return new ModelWriter(learner, subject, plan, task, told).write(checkpoint, keep);
    }
  }

  private String identity() {
    StringBuilder identity = new StringBuilder(subject.identity());
    for (Companion companion : lesson.companions()) {
      identity.append(companion.name()).append(companion.subject().identity());
      identity.append(companion.objective()).append(companion.rules());
    }
    return identity.toString();
  }

  /** Opens all networks; where opening one fails, those before it are closed. */
  private Learner open(LearningEngine engine, LearningRequest request, Run run) {
    Learner first = engine.open(request, run);
    if (lesson.companions().isEmpty()) {
      return first;
    }
    LearnersInTurns all = new LearnersInTurns(first, new LinkedHashMap<>());
    try {
      Map<String, Learner> others = new LinkedHashMap<>();
      for (Companion companion : lesson.companions()) {
        Learner other = engine.open(request.of(companion), run);
        others.put(companion.name(), other);
        all = new LearnersInTurns(first, others);
      }
      lesson.meet(others);
      return all;
    } catch (RuntimeException | Error e) {
      all.close();
      throw e;
    }
  }
}
