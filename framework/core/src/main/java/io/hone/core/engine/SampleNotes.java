package io.hone.core.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a component noted of one sample while it worked on it. */
final class SampleNotes {
  private final Map<String, Double> figures = new TreeMap<>();
  private String reason;

  synchronized void figure(String name, double value) {
    figures.put(name, value);
  }

  synchronized void flag(String newReason) {
    reason = newReason;
  }

  synchronized Map<String, Double> figures() {
    return Map.copyOf(figures);
  }

  synchronized Optional<String> reason() {
    return Optional.ofNullable(reason);
  }
}
