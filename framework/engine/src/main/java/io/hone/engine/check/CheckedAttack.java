package io.hone.engine.check;

import io.hone.api.Attack;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.TypedStep;
import io.hone.engine.step.UnitInput;
import io.hone.engine.step.attack.AttackSection;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.PixelSize;
import io.hone.scenario.Goal;
import io.hone.scenario.Step;
import io.hone.scenario.StepContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An attack of the scenario as checks see it: what it does on the checked samples, and what it
 * would do with other parameters. Random streams are those of the step, so that its own results
 * come out again.
 */
public final class CheckedAttack {
  private static final String STEPS = "steps";

  private final Step step;
  private final StepContent<AttackSection> content;
  private final CheckedModel model;
  private Optional<OwnAttempt> own = Optional.empty();
  private @Nullable Optional<Slopes> slopes;
  private int variants;

  /**
   * What the attack made with its own parameters, and what it was seen to ask.
   *
   * @param attempt what it made
   * @param watched what it asked
   */
  record OwnAttempt(Attempt attempt, WatchedModel watched) {}

  CheckedAttack(Step step, StepContent<AttackSection> content, CheckedModel model) {
    this.step = step;
    this.content = content;
    this.model = model;
  }

  /** Returns the name of the entry. */
  String name() {
    return step.name();
  }

  StepKind kind() {
    return step.kind();
  }

  CheckedModel model() {
    return model;
  }

  CheckTools tools() {
    return model.tools();
  }

  Goal goal() {
    return step.goal();
  }

  BoundComponent<Attack<Record>> attack() {
    return content.section().attack();
  }

  ComponentDescriptor descriptor() {
    return attack().descriptor();
  }

  /** Returns whether the emitted images are on the 8-bit grid. */
  boolean onGrid() {
    return content.section().onGrid();
  }

  /** Returns whether the scenario gives bounds of single features, narrower than [0, 1]. */
  boolean hasBounds() {
    return content.section().bounds().isPresent();
  }

  /** Returns whether every image of [0, 1] that is within the ball may be emitted. */
  boolean fillsBall() {
    return ball().isPresent() && !hasBounds();
  }

  /** Returns whether the attack follows gradients, so that those can mislead it. */
  boolean followsGradients() {
    return attack().instance().access(attack().parameters()) == Access.GRADIENTS;
  }

  /**
   * Returns whether the attack asks again and again, so that where it finds nothing it should be
   * because there is nothing; a single step may well miss what is there.
   */
  boolean iterates() {
    OptionalLong expected =
        attack().instance().expectedQueries(attack().parameters(), setting(goal()));
    return followsGradients()
        && (expected.isPresent() && expected.getAsLong() > 2
            || whole(STEPS).isPresent() && whole(STEPS).getAsLong() > 1);
  }

  Optional<Norm> norm() {
    return descriptor().norm(attack().effective());
  }

  /** Returns the radius that no emitted image leaves; empty where the attack has none. */
  OptionalDouble radius() {
    Optional<Object> written = descriptor().radius().map(name -> attack().effective().get(name));
    if (written.isEmpty()) {
      return OptionalDouble.empty();
    }
    return written.get() instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : PixelSize.parse(written.get().toString());
  }

  /** Returns the ball that no emitted image leaves; empty where the attack has none. */
  Optional<Ball> ball() {
    return radius().isPresent()
        ? norm().map(known -> new Ball(known, radius().getAsDouble()))
        : Optional.empty();
  }

  /** Returns the value of a parameter that is a whole number; empty where there is none. */
  OptionalLong whole(String parameter) {
    Object value = attack().effective().get(parameter);
    return value instanceof Long || value instanceof Integer
        ? OptionalLong.of(((Number) value).longValue())
        : OptionalLong.empty();
  }

  /** Returns the value of a parameter that is a word; empty where there is none. */
  Optional<String> word(String parameter) {
    return attack().effective().get(parameter) instanceof String word
        ? Optional.of(word)
        : Optional.empty();
  }

  /** Returns the attack as the scenario has it. */
  Variant variant() {
    return new Variant(attack(), goal(), model.classifier(), true, tools().registry());
  }

  /** Returns what the attack makes with its own parameters; it is run once for all checks. */
  Attempt own() {
    return ownAttempt().attempt();
  }

  /** Returns what the attack asked while it was run with its own parameters. */
  WatchedModel watched() {
    return ownAttempt().watched();
  }

  /** Returns the gradients that the attack follows; they are asked for once for all checks. */
  Optional<Slopes> slopes() {
    if (slopes == null) {
      slopes = Slopes.of(this);
    }
    return slopes;
  }

  private OwnAttempt ownAttempt() {
    if (own.isEmpty()) {
      WatchedModel watched = WatchedModel.of(model.classifier(), model.samples().images(), ball());
      own =
          Optional.of(
              new OwnAttempt(attempt(variant().against(watched), model.samples()), watched));
    }
    return own.get();
  }

  /**
   * Runs a variant of the attack.
   *
   * @throws io.hone.api.BadInputException if the attack cannot do what the variant asks of it
   */
  Attempt attempt(Variant variant, UnitInput samples) {
    StepWorker worker = worker(variant);
    List<StepResult> parts =
        tools()
            .shards()
            .map(
                samples.size(),
                (from, to) ->
                    worker.run(Rows.range(samples, from, to), List.of(), tools().watch()));
    Tensor images = Tensor.images(samples.size(), samples.images().pixels().imageShape());
    List<SampleResult> results = new ArrayList<>();
    for (StepResult part : parts) {
      images.copyRows(results.size(), part.images(), 0, part.samples().size());
      results.addAll(part.samples());
    }
    return new Attempt(samples, images, results);
  }

  /** Returns the samples of some rows as the attack would get them, with its targets. */
  Batch batch(Attempt attempt, int... rows) {
    int[] targets = new int[rows.length];
    for (int index = 0; index < rows.length; index++) {
      targets[index] = attempt.sample(rows[index]).target();
    }
    return new Batch(
        attempt.input().images().select(rows),
        StepResult.select(attempt.input().labels(), rows),
        targets);
  }

  private StepWorker worker(Variant variant) {
    AttackSection section = content.section();
    AttackSection changed =
        new AttackSection(
            section.id(),
            variant.attack(),
            section.of(),
            Optional.of(variant.goal()),
            variant.budgeted() ? section.queries() : Optional.empty(),
            section.grid(),
            section.samples(),
            section.bounds());
    // What a component makes once is kept by the name of its entry, so each variant has its own.
    Step changedStep =
        new Step(
            step.name() + " in check " + ++variants,
            step.id(),
            step.clean(),
            step.received(),
            step.variant(),
            new StepContent<>(content.grammar(), changed),
            variant.goal(),
            Optional.empty(),
            step.places());
    return TypedStep.of(changedStep)
        .prepare(
            new StepContext(
                changedStep,
                new StepContext.ModelUnderTest(variant.victim(), model.card()),
                setting(variant.goal()),
                tools().firstImages(),
                tools().services(),
                step.places()));
  }

  private Setting setting(Goal goal) {
    Setting all = tools().setting();
    return new Setting(all.shape(), model.classes(), all.samples(), goal.targeted())
        .wanting(goal.targetOfAll());
  }
}
