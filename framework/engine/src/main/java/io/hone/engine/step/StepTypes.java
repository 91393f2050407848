package io.hone.engine.step;

import io.hone.api.metric.StepKind;
import io.hone.scenario.document.StepGrammars;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The kinds of steps that this engine runs, in the order in which messages name them. */
public final class StepTypes {
  private final List<StepType<?>> all;

  private StepTypes(List<StepType<?>> all) {
    this.all = List.copyOf(all);
  }

  /** Returns the kinds that the services of the class path name. */
  public static StepTypes installed() {
    return new StepTypes(
        ServiceLoader.load(StepType.class, StepTypes.class.getClassLoader()).stream()
            .<StepType<?>>map(ServiceLoader.Provider::get)
            .toList());
  }

  /** Returns what scenarios may write of these kinds. */
  public StepGrammars grammars() {
    return new StepGrammars(all);
  }

  /** Returns a kind by its name; empty for {@code clean} and for names that are not known. */
  public Optional<StepType<?>> find(String name) {
    return all.stream().filter(type -> type.kind().name().equals(name)).findFirst();
  }

  /** Returns what metrics know of a kind; a kind that is not known has no traits. */
  public StepKind kind(String name) {
    return find(name).map(StepType::kind).orElseGet(() -> StepKind.of(name));
  }
}
