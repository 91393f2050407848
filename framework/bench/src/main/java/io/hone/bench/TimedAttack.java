package io.hone.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The attacks whose time is taken, with parameters that mean the same to Hone and its peer. */
enum TimedAttack {
  /** Every step on every image: stopping early would be Hone's advantage, not its speed. */
  PGD(
      "pgd",
      true,
      true,
      "ratio at least 2.5; at least 90 % inside ONNX Runtime",
      Map.of("epsilon", "0.1", "step", "0.1", "steps", "40", "stop-at-success", "false")),
  /** The peer has no such attack any more. */
  L_BFGS("l-bfgs", false, false, "at most 40 s", Map.of("search-steps", "5")),
  /** Each image on its own until its objective no longer moves. */
  CW_L2_ABORT("cw-l2", true, false, "ratio at least 5", carliniWagner(true)),
  /** Every iteration of every image. */
  CW_L2("cw-l2", true, false, "ratio at least 3", carliniWagner(false));

  private final String id;
  private final boolean peered;
  private final boolean brief;
  private final String aim;
  private final Map<String, String> parameters;

  TimedAttack(
      String id, boolean peered, boolean brief, String aim, Map<String, String> parameters) {
    this.id = id;
    this.peered = peered;
    this.brief = brief;
    this.aim = aim;
    this.parameters = new TreeMap<>(parameters);
  }

  private static Map<String, String> carliniWagner(boolean abort) {
    return Map.of("iterations", "200", "search-steps", "9", "abort", Boolean.toString(abort));
  }

  /** Returns the attack's id. */
  String id() {
    return id;
  }

  /** Returns whether the peer has it too. */
  boolean peered() {
    return peered;
  }

  /** Returns whether it takes seconds only, so that turns can be taken several times. */
  boolean brief() {
    return brief;
  }

  /** Returns whether it looks for the nearest example; otherwise for any within a ball. */
  boolean minimisesDistance() {
    return this != PGD;
  }

  /** Returns what is aimed at on 1,000 images. */
  String aim() {
    return aim;
  }

  /** Returns the attack with its parameters, as a scenario writes it. */
  String inScenario() {
    List<String> entries = new ArrayList<>();
    parameters.forEach((name, value) -> entries.add(name + ": " + value));
    return "{use: " + id + ", with: {" + String.join(", ", entries) + "}}";
  }

  /** Returns the attack with its parameters, as the peer's command line takes it. */
  List<String> asArguments() {
    List<String> arguments = new ArrayList<>(List.of(id));
    parameters.forEach((name, value) -> arguments.addAll(List.of("--" + name, value)));
    return arguments;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
