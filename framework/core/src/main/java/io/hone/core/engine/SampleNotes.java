package io.hone.core.engine;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a component noted of one sample while it worked on it. */
final class SampleNotes {
  private final Map<String, Double> figures = new TreeMap<>();
  private String flag;
  private String obstacle;

  synchronized void figure(String name, double value) {
    figures.put(name, value);
  }

  synchronized void flag(String reason) {
    flag = reason;
  }

  synchronized void giveUp(String reason) {
    obstacle = reason;
  }

  synchronized Map<String, Double> figures() {
    return Map.copyOf(figures);
  }

  /** Returns what the sample's row says, whatever came of it. */
  synchronized Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** Returns why the component gave the sample up. */
  synchronized Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }
}
