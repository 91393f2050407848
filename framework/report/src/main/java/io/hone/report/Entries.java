package io.hone.report;

import io.hone.engine.results.StepSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts the entries of a run in the order of their chains: each is below what it received. */
final class Entries {
  private final Map<String, StepSummary> byName = new LinkedHashMap<>();
  private final Set<StepSummary> placed = new LinkedHashSet<>();
  private final List<Entry> ordered = new ArrayList<>();

  private Entries(List<StepSummary> steps) {
    steps.forEach(step -> byName.putIfAbsent(step.name(), step));
    // A run that failed may lack the entry that another one received: such a one starts a chain.
    steps.stream().filter(this::startsChain).forEach(step -> place(step, List.of(), steps));
    steps.stream().filter(step -> !placed.contains(step)).forEach(this::placeAlone);
  }

  /** Returns the entries depth first, siblings in the order given. */
  static List<Entry> of(List<StepSummary> steps) {
    return List.copyOf(new Entries(steps).ordered);
  }

  private boolean startsChain(StepSummary step) {
    return step.kind().equals(Entry.CLEAN) || !byName.containsKey(step.of());
  }

  private void place(StepSummary step, List<StepSummary> before, List<StepSummary> steps) {
    if (!placed.add(step)) {
      return;
    }
    List<StepSummary> chain = new ArrayList<>(before);
    chain.add(step);
    add(step, chain);
    for (StepSummary child : steps) {
      if (!startsChain(child) && child.of().equals(step.name())) {
        place(child, chain, steps);
      }
    }
  }

  private void placeAlone(StepSummary step) {
    if (placed.add(step)) {
      add(step, List.of(step));
    }
  }

  private void add(StepSummary step, List<StepSummary> chain) {
    ordered.add(new Entry(step, "entry-" + (ordered.size() + 1), List.copyOf(chain)));
  }
}
