package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.Improver;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind.Trait;
import io.hone.api.victim.Access;
import io.hone.engine.step.CountingVictim;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.Step;
import io.hone.scenario.binding.ComponentParameters;
import io.hone.scenario.diagnostics.TimeWords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Says before the first batch what steps will cost, where that is much, and what costs less. */
final class CostForecast {
  /** So many queries of one sample are told, however quick the model is. */
  private static final long MANY_QUERIES = 5_000;

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int FEW_IMAGES = 8;
  private static final int MANY_IMAGES = 128;
  private static final int PASSES = 5;
  private static final Duration QUICK = Duration.ofMillis(100);

  /** An improver is named as cheaper if it takes at most this share of the queries. */
  private static final double CHEAPER = 0.1;

  private final PreparedScenario prepared;
  private final ComponentRegistry registry;

  CostForecast(PreparedScenario prepared, ComponentRegistry registry) {
    this.prepared = prepared;
    this.registry = registry;
  }

  /**
   * Tells what is costly.
   *
   * @param samples that are left
   * @param teller told once for each costly step; not recorded, since times differ from run to run
   */
  void tell(long samples, Consumer<String> teller) {
    List<OptionalLong> expected = prepared.expectedQueries();
    long largest = expected.stream().mapToLong(queries -> queries.orElse(0)).max().orElse(0);
    if (samples == 0 || largest * samples < MANY_QUERIES) {
      return;
    }
    Duration query = timeOfQuery();
    for (int step = 0; step < expected.size(); step++) {
      Step costly = prepared.scenario().steps().get(step);
      long queries = expected.get(step).orElse(0);
      Duration sample = Duration.ofNanos((long) ((double) query.toNanos() * queries));
      double all = (double) sample.toNanos() * samples / prepared.scenario().threads();
      if (queries >= MANY_QUERIES || all >= LONG.toNanos()) {
        teller.accept(
            String.format(
                    Locale.ROOT,
                    "step %s takes about %,d queries a sample of %s; at %s a query that is about %s"
                        + " a sample, and up to %s for %,d samples",
                    costly.name(),
                    queries,
                    prepared.dataset().shape(),
                    TimeWords.of(query),
                    TimeWords.of(sample),
                    TimeWords.of(Duration.ofNanos((long) all)),
                    samples)
                + cheaper(costly, queries));
      }
    }
  }

  /**
   * Returns what a forward pass takes for an image: the shortest of some passes after the first,
   * which sets up. Quick models are timed on more images, as many as a step shows them at once.
   */
  private Duration timeOfQuery() {
    Duration few = timeOfQuery(FEW_IMAGES, 1);
    return few.multipliedBy(FEW_IMAGES).compareTo(QUICK) < 0
        ? timeOfQuery(Math.min(MANY_IMAGES, prepared.scenario().batch()), PASSES)
        : few;
  }

  private Duration timeOfQuery(int images, int passes) {
    int count = (int) Math.min(prepared.samples(), images);
    Tensor pixels = Tensor.images(count, prepared.dataset().shape());
    prepared.dataset().read(0, pixels, new int[count]);
    ImageBatch batch = new ImageBatch(pixels, new long[count]);
    prepared.model().classifier().logits(batch);
    long shortest = Long.MAX_VALUE;
    for (int pass = 0; pass < passes; pass++) {
      long start = System.nanoTime();
      prepared.model().classifier().logits(batch);
      shortest = Math.min(shortest, System.nanoTime() - start);
    }
    return Duration.ofNanos(shortest / count);
  }

  private String cheaper(Step step, long queries) {
    if (!step.kind().has(Trait.IMPROVES)) {
      return "; its parameters and 'queries' of the step bound that";
    }
    List<Alternative> alternatives = alternatives(queries);
    return alternatives.isEmpty()
        ? "; 'queries' of the step bounds that"
        : "; much cheaper: "
            + alternatives.stream()
                .map(other -> String.format(Locale.ROOT, "%s (%,d)", other.id(), other.queries()))
                .collect(Collectors.joining(", "));
  }

  private record Alternative(String id, long queries) {}

  /** Returns improvers that can take the place of a costly one as they are, cheapest first. */
  private List<Alternative> alternatives(long queries) {
    List<Alternative> found = new ArrayList<>();
    Access offered = CountingVictim.offered(prepared.model().classifier());
    for (InstalledComponent<?> component : registry.all(ComponentKind.IMPROVER)) {
      try {
        BoundComponent<?> bound = new ComponentParameters(registry).bind(component, "{}");
        OptionalLong own = expected(bound);
        if (own.isPresent() && own.getAsLong() <= queries * CHEAPER && fits(bound, offered)) {
          found.add(new Alternative(component.descriptor().id(), own.getAsLong()));
        }
      } catch (BadInputException needsParameters) {
        // It needs a model of its own, or another parameter that only the user can give.
      }
    }
    found.sort(Comparator.comparingLong(Alternative::queries));
    return found;
  }

  @SuppressWarnings("unchecked") // the parameters were bound for this very component
  private OptionalLong expected(BoundComponent<?> bound) {
    return ((Improver<Record>) bound.instance())
        .expectedQueries(bound.parameters(), prepared.setting());
  }

  @SuppressWarnings("unchecked") // the parameters were bound for this very component
  private static boolean fits(BoundComponent<?> bound, Access offered) {
    return offered.covers(((Improver<Record>) bound.instance()).access(bound.parameters()));
  }
}
