package io.hone.plugins.ensembles;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.AttackUse;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Ball;
import io.hone.api.geometry.Norm;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Runs attacks one after another, each on the samples that are still robust and from their clean
 * images: the versions of AutoAttack, or any list of attacks.
 *
 * <p>After a stage the victim is asked again about every image that the stage emits, which costs a
 * forward query; the framework asks about those of the last stage. An image outside the ball or its
 * bounds counts as not found, and the clean image takes its place. A sample that no stage broke
 * keeps the attempt of the last stage. The stages share the sample's budget, in order.
 *
 * <p>What happens to a sample depends neither on its batch nor on other samples. Source: Croce and
 * Hein 2020, section 6, and the authors' code for the versions.
 */
@Named(
    id = "auto-attack",
    summary = "Runs a list of attacks, each on the samples that are still robust.",
    references =
        "Croce and Hein 2020, Reliable Evaluation of Adversarial Robustness with an Ensemble of"
            + " Diverse Parameter-free Attacks, section 6",
    example = "{version: standard, epsilon: 0.1}")
@AttackProfile(
    norms = {Norm.LINF, Norm.L2, Norm.L1},
    formula =
        "x' = the first of a_1(x), a_2(x), ... that meets the goal within epsilon, else the last",
    cost =
        "those of all stages where no stage succeeds, and a forward for each stage but the last;"
            + " standard takes about 7,900 forwards and 1,900 gradients",
    bounds = true)
@Extension
public final class AutoAttack implements Attack<AutoAttack.Params> {
  private static final String STAGES = "stages";

  /** Parameters of the attack; they give a version or a list of attacks, not both. */
  public record Params(
      @Param(
              "Which attacks to run: standard, plus, or rand for models whose answers are random."
                  + " Default: standard, unless attacks are given.")
          Optional<Version> version,
      @Param("Attacks to run in this order, instead of those of a version.")
          List<AttackUse> attacks,
      @Param(
              value =
                  "Farthest that the image may move, in pixel values of [0, 1], measured in the"
                      + " norm. The attacks of a version have it too; those of a list have their"
                      + " own, and an image beyond this radius does not count.",
              def = "0.1",
              min = 0,
              unit = Param.Unit.RADIUS)
          double epsilon,
      @Param(value = "Norm that epsilon is measured in.", def = "linf") Norm norm,
      @Param(
              value =
                  "How often the model is asked again about an image that a stage emits. The image"
                      + " counts where more than half of the answers meet the goal. Default: 1, for"
                      + " rand 20.",
              min = 1)
          Optional<Integer> confirmations) {
    /** Refuses two lists of attacks. */
    public Params {
      if (version.isPresent() && !attacks.isEmpty()) {
        throw new IllegalArgumentException(
            "'version' and 'attacks' both tell what to run; leave one of them out");
      }
    }

    private Ball ball() {
      return new Ball(norm, epsilon);
    }

    private Version versionOrStandard() {
      return version.orElse(Version.STANDARD);
    }

    private int asks() {
      return confirmations.orElseGet(
          () -> attacks.isEmpty() ? versionOrStandard().confirmations() : 1);
    }

    private List<PresetStage> presets() {
      return versionOrStandard().stages(new Reach(epsilon, norm));
    }
  }

  @Override
  public Access access(Params parameters) {
    Access needed = parameters.attacks().isEmpty() ? Access.GRADIENTS : Access.LABELS;
    for (AttackUse attack : parameters.attacks()) {
      needed = needed.covers(attack.access()) ? needed : attack.access();
    }
    return needed;
  }

  @Override
  public OptionalLong expectedQueries(Params parameters, Setting setting) {
    if (parameters.attacks().isEmpty()) {
      return OptionalLong.of(
          parameters.presets().stream()
              .mapToLong(stage -> stage.expectedQueries(setting.classes()) + parameters.asks())
              .sum());
    }
    long sum = 0;
    for (AttackUse attack : parameters.attacks()) {
      OptionalLong expected = attack.expectedQueries(setting);
      if (expected.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += expected.getAsLong() + parameters.asks();
    }
    return OptionalLong.of(sum);
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    List<Stage> stages = stages(parameters, run);
    run.parts(stages.stream().map(Stage::part).toList());
    for (Stage stage : stages) {
      stage.prepare(setting, run);
      stage
          .attack()
          .ball()
          .filter(ball -> !ball.equals(parameters.ball()))
          .ifPresent(ball -> compare(stage, ball, parameters.ball(), run));
    }
  }

  /** An attack of a larger ball ends at examples that do not count, and misses those that would. */
  private static void compare(Stage stage, Ball own, Ball all, Run run) {
    if (own.norm() == all.norm() && own.radius() > all.radius()) {
      throw new BadInputException(
          "stage %s has epsilon %s, but auto-attack counts images up to %s only, so that the stage's successes would be lost; give the attack epsilon: %s, or auto-attack the larger one"
              .formatted(stage.name(), own.radius(), all.radius(), all.radius()));
    }
    run.notice(differs(stage, own, all));
  }

  private static String differs(Stage stage, Ball own, Ball all) {
    return "stage %s of auto-attack moves an image by up to %s in %s, but what counts is up to %s in %s; give both the same epsilon and norm"
        .formatted(stage.name(), own.radius(), word(own.norm()), all.radius(), word(all.norm()));
  }

  private static String word(Norm norm) {
    return norm.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    List<Stage> stages = run.once(STAGES, () -> stages(parameters, run));
    new StagedAttack(stages, parameters.ball(), parameters.asks(), victim, clean, adversarial, run)
        .run();
  }

  private static List<Stage> stages(Params parameters, Run run) {
    List<Stage> stages = new ArrayList<>();
    if (parameters.attacks().isEmpty()) {
      for (PresetStage preset : parameters.presets()) {
        stages.add(new Stage(preset.name(), run.bound(preset.attack())));
      }
      return stages;
    }
    Map<String, Integer> known = new HashMap<>();
    for (AttackUse attack : parameters.attacks()) {
      int count = known.merge(attack.id(), 1, Integer::sum);
      stages.add(
          new Stage(count == 1 ? attack.id() : attack.id() + "-" + count, run.bound(attack)));
    }
    return stages;
  }
}
