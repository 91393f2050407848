package io.hone.api.metric;

import io.hone.api.stability.Stability;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a metric may know of a kind of step: its name, and traits that say what its images mean.
 *
 * <p>A metric asks for traits and not for names, so that it also measures kinds of steps that are
 * added later.
 *
 * @param name the key of the step in a scenario, such as {@code attack}
 * @param traits none for the data set's own images
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record StepKind(String name, Set<Trait> traits) {
  /** The reserved step {@code clean}: the data set's images. */
  public static final StepKind CLEAN = of("clean");

  /** What the images of a step mean. */
  public enum Trait {
    /**
     * The step emits adversarial examples of the model under test. Their distances from the clean
     * images are measured.
     */
    PERTURBS,

    /** The step removes perturbation from the examples that it received. */
    IMPROVES,

    /**
     * The step classifies with a classifier other than the model under test, and shows it the clean
     * images too.
     */
    RECLASSIFIES,

    /** The step undoes what an attack did. */
    RECOVERS,

    /** The step shows examples of the model under test to another model. */
    TRANSFERS
  }

  /** Copies the traits. */
  public StepKind {
    traits = Set.copyOf(traits);
  }

  /** Returns a kind of step. */
  public static StepKind of(String name, Trait... traits) {
    Set<Trait> set = EnumSet.noneOf(Trait.class);
    set.addAll(Arrays.asList(traits));
    return new StepKind(name, set);
  }

  /** Returns whether the images of these steps mean this. */
  public boolean has(Trait trait) {
    return traits.contains(trait);
  }

  @Override
  public String toString() {
    return name;
  }
}
