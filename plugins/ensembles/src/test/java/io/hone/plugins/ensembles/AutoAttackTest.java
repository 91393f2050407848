package io.hone.plugins.ensembles;

import static io.hone.testkit.TensorAssert.assertThatTensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.AttackUse;
import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Norm;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.run.Part;
import io.hone.api.run.Reason;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.TinySamples;
import io.hone.testkit.model.ConstantClassifier;
import io.hone.testkit.model.TwoLayerClassifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AutoAttackTest {
  private static final ImageShape SHAPE = new ImageShape(1, 5, 5);
  private static final long SEED = 3;

  private final TinySamples samples = new TinySamples(SHAPE, 40);
  private TestRun run = new TestRun(SEED);

  /** What an ensemble made of the samples. */
  private record Made(Tensor images, int[] predicted) {}

  private Made attack(AutoAttack.Params parameters) {
    return attack(parameters, samples.clean(false), samples.classifier(), Long.MAX_VALUE);
  }

  private Made attack(
      AutoAttack.Params parameters, Batch clean, DifferentiableClassifier model, long budget) {
    AutoAttack attack = new AutoAttack();
    Tensor images = clean.pixels().copy();
    run = new TestRun(SEED);
    attack.prepare(
        parameters, new Setting(SHAPE, model.classes(), clean.size(), clean.targeted()), run);
    attack.attack(
        parameters,
        new CountingVictim(model, attack.access(parameters), budget, run),
        clean,
        images,
        run);
    return new Made(images, model.predict(clean.images().with(images)));
  }

  private static int[] broken(Made made, Batch clean) {
    return IntStream.range(0, clean.size())
        .filter(row -> clean.succeeds(row, made.predicted()[row]))
        .toArray();
  }

  @Test
  void givesEachStageTheCleanImagesOfWhatIsStillRobust() {
    Batch clean = samples.clean(false);
    TestRun alone = new TestRun(SEED);
    List<Tensor> images = new ArrayList<>();
    for (AttackUse stage : List.of(EnsembleOf.FGSM, EnsembleOf.PGD)) {
      Tensor made = clean.pixels().copy();
      CountingVictim victim = new CountingVictim(samples.classifier(), Access.GRADIENTS, alone);
      alone.bound(stage).attack(victim, clean, made, alone.within(stage.id()));
      images.add(made);
    }
    int[] byFgsm = samples.classifier().predict(clean.images().with(images.get(0)));

    Made made = attack(EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.PGD));

    int ofFgsm = 0;
    for (int row = 0; row < clean.size(); row++) {
      boolean first = clean.succeeds(row, byFgsm[row]);
      ofFgsm += first ? 1 : 0;
      assertThat(run.credited(clean.sample(row))).contains(first ? "fgsm" : "pgd");
      assertThat(made.images().row(row)).isEqualTo(images.get(first ? 0 : 1).row(row));
    }
    assertThat(ofFgsm).as("samples that the first stage breaks").isBetween(1, clean.size() - 1);
  }

  @Test
  void breaksNoLessWithEveryStage() {
    Batch clean = samples.clean(false);
    AttackUse weak = AttackUse.of("fgsm", Map.of("epsilon", 0.02));
    AttackUse[] stages = {EnsembleOf.NOISE, weak, EnsembleOf.FGSM, EnsembleOf.PGD};
    List<Integer> before = List.of();
    for (int count = 1; count <= stages.length; count++) {
      Made made = attack(EnsembleOf.attacks(Arrays.copyOf(stages, count)));
      List<Integer> now = Arrays.stream(broken(made, clean)).boxed().toList();
      assertThat(now).containsAll(before);
      before = now;
    }
    assertThat(before).hasSizeGreaterThan(clean.size() / 2);
  }

  @Test
  void doesNotCountWhatIsOutsideTheBall() {
    Batch clean = samples.clean(false);
    AttackUse far = AttackUse.of("pgd", Map.of("epsilon", 0.9, "norm", "l2", "steps", 10));
    AttackUse minimum = AttackUse.of("deepfool", Map.of());

    Made made = attack(EnsembleOf.within(1e-7, far, minimum));

    assertThatTensor(made.images()).isSameAs(clean.pixels());
    assertThat(run.notices())
        .singleElement()
        .asString()
        .contains("stage pgd", "up to 0.9 in l2", "up to 1.0E-7 in linf");
  }

  @Test
  void saysWhereTheLastImageIsOutsideTheBall() {
    Batch clean = samples.clean(false);
    AttackUse far = AttackUse.of("pgd", Map.of("epsilon", 0.9, "norm", "l2", "steps", 10));

    attack(EnsembleOf.within(1e-7, far));

    for (int row = 0; row < clean.size(); row++) {
      assertThat(run.givenUp(clean.sample(row))).contains("out-of-reach");
    }
  }

  @Test
  void refusesAnAttackOfALargerRadiusInItsNorm() {
    AttackUse far = AttackUse.of("pgd", Map.of("epsilon", 0.9));

    assertThatThrownBy(() -> attack(EnsembleOf.within(0.02, EnsembleOf.NOISE, far)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("stage uniform-noise has epsilon")
        .hasMessageContaining("give the attack epsilon: 0.02");
  }

  @Test
  void namesStagesByTheirAttacks() {
    attack(EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.PGD, EnsembleOf.FGSM));

    assertThat(run.parts()).extracting(Part::name).containsExactly("fgsm", "pgd", "fgsm-2");
    assertThat(run.parts().get(1).parameters()).containsEntry("steps", 4).containsKey("loss");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void worksWithFewClasses(int classes) {
    TwoLayerClassifier model =
        TwoLayerClassifier.random(
            SHAPE, classes, TwoLayerClassifier.Activation.TANH, new Random(classes));
    ImageBatch images = samples.clean(false).images();
    int[] labels = model.predict(images);
    int[] targets = new int[labels.length];
    Arrays.fill(targets, Batch.NO_TARGET);
    Batch clean = new Batch(images, labels, targets);

    Made made =
        attack(EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.PGD), clean, model, Long.MAX_VALUE);

    assertThat(broken(made, clean)).hasSizeGreaterThan(5);
  }

  @Test
  void sharesTheBudgetAmongItsStagesInOrder() {
    Batch clean = samples.clean(false);
    Made unlimited = attack(EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.PGD));
    int[] robust =
        IntStream.range(0, clean.size())
            .filter(row -> !clean.succeeds(row, unlimited.predicted()[row]))
            .toArray();
    assertThat(robust).isNotEmpty();

    attack(EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.PGD), clean, samples.classifier(), 3);

    for (int row : robust) {
      assertThat(run.givenUp(clean.sample(row))).contains(Reason.BUDGET);
      assertThat(run.credited(clean.sample(row))).contains("pgd");
    }
  }

  @Test
  void doesNotBlameGradientsWhereAStageUsesNone() {
    Batch clean = samples.clean(false);
    ConstantClassifier flat = new ConstantClassifier(SHAPE, 1, 0, -1, 0);
    int[] labels = new int[clean.size()];
    int[] targets = new int[clean.size()];
    Arrays.fill(targets, Batch.NO_TARGET);
    Batch right = new Batch(clean.images(), labels, targets);

    attack(EnsembleOf.attacks(EnsembleOf.FGSM, EnsembleOf.PGD), right, flat, Long.MAX_VALUE);
    assertThat(run.givenUp(right.sample(0))).contains(Reason.NO_GRADIENT);

    attack(EnsembleOf.attacks(EnsembleOf.NOISE, EnsembleOf.FGSM), right, flat, Long.MAX_VALUE);
    assertThat(run.givenUp(right.sample(0))).contains(Reason.NOT_FOUND);
  }

  @Test
  void countsAnImageByMostOfTheAnswers() {
    Batch clean = samples.clean(false);
    AutoAttack.Params once = EnsembleOf.attacks(EnsembleOf.NOISE, EnsembleOf.NOISE);
    AutoAttack.Params often =
        new AutoAttack.Params(
            Optional.empty(), once.attacks(), once.epsilon(), once.norm(), Optional.of(3));
    // Every third answer is wrong.
    FickleClassifier fickle = new FickleClassifier(samples.classifier(), clean, 3);

    Made lucky = attack(once, clean, fickle, Long.MAX_VALUE);
    Made judged = attack(often, clean, fickle, Long.MAX_VALUE);

    assertThat(lucky.images().buffer()).isNotEqualTo(clean.pixels().buffer());
    assertThatTensor(judged.images()).isSameAs(clean.pixels());
  }

  @Test
  void refusesAStageThatCannotPursueTheGoal() {
    AutoAttack.Params parameters =
        EnsembleOf.attacks(EnsembleOf.FGSM, AttackUse.of("deepfool", Map.of()));

    assertThatThrownBy(
            () -> new AutoAttack().prepare(parameters, new Setting(SHAPE, 4, 1, true), run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("stage deepfool", "cannot pursue a goal that is targeted");
  }

  @Test
  void tellsWhichAttackOfAVersionIsMissing() {
    AutoAttack.Params standard =
        new AutoAttack.Params(
            Optional.of(Version.STANDARD), List.of(), 0.1, Norm.LINF, Optional.empty());

    assertThatThrownBy(
            () -> new AutoAttack().prepare(standard, new Setting(SHAPE, 4, 1, false), run))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("which no installed plugin brings");
  }

  @Test
  void takesAVersionOrAttacksButNotBoth() {
    List<AttackUse> attacks = EnsembleOf.attacks(EnsembleOf.FGSM).attacks();

    assertThatThrownBy(
            () ->
                new AutoAttack.Params(
                    Optional.of(Version.PLUS), attacks, 0.1, Norm.LINF, Optional.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("leave one of them out");
  }

  @Test
  void runsWithinAnotherEnsemble() {
    Batch clean = samples.clean(false);
    AttackUse inner =
        AttackUse.of(
            "auto-attack",
            Map.of("attacks", List.of("fgsm", Map.of("use", "pgd", "with", Map.of("steps", 4)))));

    Made nested = attack(EnsembleOf.attacks(EnsembleOf.NOISE, inner));
    int[] ofNested = broken(nested, clean);
    int[] ofNoise = broken(attack(EnsembleOf.attacks(EnsembleOf.NOISE)), clean);

    assertThat(ofNested).hasSizeGreaterThan(ofNoise.length).contains(ofNoise);
  }

  @Test
  void asksNoMoreThanTheAttacksOfAList() {
    assertThat(new AutoAttack().access(EnsembleOf.attacks(EnsembleOf.NOISE)))
        .isEqualTo(Access.LABELS);
    assertThat(new AutoAttack().access(EnsembleOf.attacks(EnsembleOf.NOISE, EnsembleOf.FGSM)))
        .isEqualTo(Access.GRADIENTS);
  }
}
