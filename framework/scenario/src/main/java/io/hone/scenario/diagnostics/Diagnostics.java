package io.hone.scenario.diagnostics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects everything that is wrong, so that a user sees all of it at once. */
public final class Diagnostics {
  // A set: what several variants of a matrix find at the same place is told once.
  private final Set<Diagnostic> found = new LinkedHashSet<>();

  /** Adds something that is wrong. */
  public void add(Place place, String message, List<String> notes) {
    found.add(new Diagnostic(place, message, notes));
  }

  /** Adds something that is wrong, with what helps. */
  public void add(Place place, String message, String... notes) {
    add(place, message, List.of(notes));
  }

  /** Adds what ended the reading of a part. */
  public void addAll(ScenarioException other) {
    found.addAll(other.diagnostics());
  }

  /** Returns whether nothing is wrong so far. */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns what was found, in reading order. */
  public List<Diagnostic> all() {
    List<Diagnostic> sorted = new ArrayList<>(found);
    sorted.sort(Comparator.comparing(Diagnostic::place, Place.READING_ORDER));
    return List.copyOf(sorted);
  }

  /**
   * Ends the reading if anything is wrong.
   *
   * @throws ScenarioException holding all of it
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw new ScenarioException(all());
    }
  }
}
