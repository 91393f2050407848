package io.hone.scenario.reading;

import io.hone.api.Attack;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.Param;
import io.hone.api.metric.StepKind;
import io.hone.api.metric.StepKind.Trait;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Goal;
import io.hone.scenario.Reception;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.document.Grid;
import io.hone.scenario.document.OneOrMore;
import io.hone.scenario.document.StepGrammars;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Kinds of steps for the tests of reading, which itself knows none. */
public final class SampleSteps {
  private static final StepKind ATTACK = StepKind.of("attack", Trait.PERTURBS);
  private static final StepKind IMPROVE = StepKind.of("improve", Trait.PERTURBS, Trait.IMPROVES);
  private static final StepKind DEFEND = StepKind.of("defend", Trait.RECLASSIFIES, Trait.RECOVERS);
  private static final StepKind JOIN = StepKind.of("join", Trait.PERTURBS);

  private SampleSteps() {}

  public static StepGrammars grammars() {
    return new StepGrammars(
        List.of(
            new Kind<>(
                ATTACK,
                "attack",
                AttackKeys.class,
                Reception.ofClean(),
                keys -> List.of(keys.attack()),
                AttackKeys::goal),
            new Kind<>(
                IMPROVE,
                "improver",
                ImproveKeys.class,
                Reception.ofSteps(kind -> kind.has(Trait.PERTURBS)),
                keys -> List.of(keys.improve()),
                keys -> Optional.empty()),
            new Kind<>(
                DEFEND,
                "defense",
                DefendKeys.class,
                Reception.ofCleanOrSteps(kind -> true),
                keys -> List.copyOf(keys.defend().values()),
                keys -> Optional.empty()),
            new Kind<>(
                JOIN,
                "merger",
                JoinKeys.class,
                Reception.joining("join", kind -> kind.has(Trait.PERTURBS)),
                keys -> List.of(),
                keys -> Optional.empty())));
  }

  /** Which samples are attacked. */
  public enum Samples {
    CORRECT,
    ALL
  }

  public record AttackKeys(
      @Param("The name.") String id,
      @Param("The attack.") BoundComponent<Attack<Record>> attack,
      @Param("What it receives.") Optional<OneOrMore<String>> of,
      @Param("What it wants.") Optional<Goal> goal,
      @Param(value = "The budget.", min = 1) Optional<Long> queries,
      @Param(value = "The grid.", def = "float") Grid grid,
      @Param(value = "Which samples.", def = "correct") Samples samples) {}

  public record ImproveKeys(
      @Param("The name.") String id,
      @Param("The improver.") BoundComponent<Improver<Record>> improve,
      @Param("What it receives.") Optional<OneOrMore<String>> of,
      @Param(value = "The budget.", min = 1) Optional<Long> queries,
      @Param(value = "The grid.", def = "float") Grid grid) {}

  public record DefendKeys(
      @Param("The name.") String id,
      @Param("The defenses.") OneOrMore<BoundComponent<Defense<Record>>> defend,
      @Param("What it receives.") Optional<OneOrMore<String>> of) {}

  public record JoinKeys(
      @Param("The name.") String id, @Param("What it receives.") OneOrMore<String> join) {}

  private record Kind<S extends Record>(
      StepKind kind,
      String noun,
      Class<S> section,
      Reception reception,
      Function<S, List<BoundComponent<?>>> used,
      Function<S, Optional<Goal>> wanted)
      implements StepGrammar<S> {
    @Override
    public List<BoundComponent<?>> components(S keys) {
      return used.apply(keys);
    }

    @Override
    public Optional<Goal> goal(S keys) {
      return wanted.apply(keys);
    }
  }
}
