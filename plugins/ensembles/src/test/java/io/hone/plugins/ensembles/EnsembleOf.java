package io.hone.plugins.ensembles;

import io.hone.api.AttackUse;
import io.hone.api.geometry.Norm;
import io.hone.testkit.TestRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Parameters of small ensembles. */
final class EnsembleOf {
  static final double EPSILON = 0.1;

  static final AttackUse FGSM = AttackUse.of("fgsm", Map.of("epsilon", EPSILON));
  static final AttackUse PGD =
      AttackUse.of("pgd", Map.of("epsilon", EPSILON, "steps", 4, "restarts", 2));

  /**
   * Attacks that keep within the radius in every norm: a contract test tries the ensemble in all.
   */
  static final AttackUse SHORT_FGSM =
      AttackUse.of("fgsm", Map.of("epsilon", EPSILON, "norm", "l1"));

  static final AttackUse SHORT_PGD =
      AttackUse.of("pgd", Map.of("epsilon", EPSILON, "norm", "l1", "steps", 4));

  static final AttackUse NOISE = AttackUse.of("uniform-noise", Map.of("epsilon", EPSILON));

  private static final TestRun RUN = new TestRun(0);

  /** What is looked up once: contract tests ask for their parameters very often. */
  private static final Map<AttackUse, AttackUse> READY = new ConcurrentHashMap<>();

  private EnsembleOf() {}

  /** Returns the parameters of an ensemble of attacks that are on the class path. */
  static AutoAttack.Params attacks(AttackUse... attacks) {
    return within(EPSILON, attacks);
  }

  /** Returns the parameters of an ensemble whose images may be so far away in Linf. */
  static AutoAttack.Params within(double epsilon, AttackUse... attacks) {
    List<AttackUse> ready =
        Stream.of(attacks).map(attack -> READY.computeIfAbsent(attack, RUN::bound)).toList();
    return new AutoAttack.Params(Optional.empty(), ready, epsilon, Norm.LINF, Optional.empty());
  }
}
