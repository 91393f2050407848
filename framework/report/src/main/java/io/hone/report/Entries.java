package io.hone.report;

import io.hone.api.metric.StepKind;
import io.hone.engine.results.StepSummary;
import io.hone.engine.step.StepTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the entries of a run in the order of their chains: each is below what it received. An entry
 * that joins several results is below the clean images, as attacks are.
 */
final class Entries {
  private final StepTypes types = StepTypes.installed();
  private final List<StepSummary> steps;
  private final Map<String, StepSummary> byName = new HashMap<>();
  private final Set<StepSummary> placed = new LinkedHashSet<>();
  private final List<Entry> ordered = new ArrayList<>();

  private Entries(List<StepSummary> steps) {
    this.steps = steps;
    steps.forEach(step -> byName.putIfAbsent(step.name(), step));
    // A run that failed may lack the entry that another one received: such a one starts a chain.
    steps.stream().filter(this::startsChain).forEach(step -> place(step, List.of()));
    steps.stream().filter(step -> !placed.contains(step)).forEach(step -> place(step, List.of()));
  }

  /** Returns the entries depth first, siblings in the order given. */
  static List<Entry> of(List<StepSummary> steps) {
    return List.copyOf(new Entries(steps).ordered);
  }

  private String parent(StepSummary step) {
    return step.of().names().size() > 1 ? root(step) : step.of().first();
  }

  /** Returns the name at the root of an entry's chain; a circle has none. */
  private String root(StepSummary step) {
    String name = step.of().first();
    for (int hops = 0; hops < steps.size() && byName.containsKey(name); hops++) {
      String before = byName.get(name).of().first();
      if (before.isEmpty()) {
        return name;
      }
      name = before;
    }
    return "";
  }

  private boolean startsChain(StepSummary step) {
    return step.kind().equals(StepKind.CLEAN.name()) || !byName.containsKey(parent(step));
  }

  private void place(StepSummary step, List<Entry> before) {
    if (!placed.add(step)) {
      return;
    }
    Entry entry =
        new Entry(
            step, types.find(step.kind()), "entry-" + (ordered.size() + 1), List.copyOf(before));
    ordered.add(entry);
    for (StepSummary child : steps) {
      if (!startsChain(child) && parent(child).equals(step.name())) {
        place(child, entry.chain());
      }
    }
  }
}
