package io.hone.engine.measure;

import io.hone.host.figure.FigureTree;
import io.hone.scenario.Step;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What steps cost, each alone and together with everything that it depends on. */
public final class ChainCosts {
  /** What a step costs an attempted sample in queries, and all samples in seconds. */
  public record Costs(double forward, double gradient, double seconds) {
    private static final Costs NONE = new Costs(0, 0, 0);

    private Costs plus(Costs other) {
      return new Costs(forward + other.forward, gradient + other.gradient, seconds + other.seconds);
    }

    private void putInto(FigureTree figures, String prefix) {
      figures.put(prefix + "queries.forward", forward);
      figures.put(prefix + "queries.gradient", gradient);
      figures.put(prefix + "seconds", seconds);
    }
  }

  /** The costs of every step that an entry depends on, the entry itself last, by their names. */
  private final Map<String, Map<String, Costs>> chains = new HashMap<>();

  /**
   * Takes in a step, after all that it received, and puts its costs among its figures. A step that
   * several of its sources depend on counts once.
   */
  public void add(Step step, Costs own, FigureTree figures) {
    Map<String, Costs> chain = new LinkedHashMap<>();
    step.of().forEach(source -> chain.putAll(chains.getOrDefault(source, Map.of())));
    Costs before = chain.values().stream().reduce(Costs.NONE, Costs::plus);
    chain.put(step.name(), own);
    chains.put(step.name(), chain);
    own.putInto(figures, "");
    own.plus(before).putInto(figures, "cumulated.");
  }
}
