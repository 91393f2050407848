package io.hone.training;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.ImageBatch;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.api.train.Pairs;
import io.hone.engine.ChainRunner;
import io.hone.engine.context.RunServices;
import io.hone.engine.data.LabelledBatch;
import io.hone.engine.failure.ComponentFailureException;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.ThrowableText;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Has a recipe make pairs from a data set, or from a chain of steps over it. */
final class ExampleFactory {
  private static final int READ = 1024;

  /** Keys the random numbers that a recipe draws. */
  private static final String STREAM = "pairs";

  private final TrainingRecipe recipe;
  private final Goal goal;
  private final RunServices services;
  private final PairCheck check;
  private final Run run;

  /**
   * Creates a factory.
   *
   * @param goal of attacks
   */
  ExampleFactory(TrainingRecipe recipe, Goal goal, RunServices services) {
    this.recipe = recipe;
    this.goal = goal;
    this.services = services;
    this.check = new PairCheck(recipe);
    this.run = services.forTask(STREAM);
  }

  /**
   * Hands on the pairs of the images of a data set.
   *
   * @param request what the images and labels must be like
   */
  void read(
      DatasetChoice choice, DatasetRequest request, Function<Long, ExampleCollector> collectorOf) {
    try (OpenedImages images = OpenedImages.open(choice, request, services)) {
      for (long position = 0; position < images.size(); position += READ) {
        services.cancellation().check();
        int count = (int) Math.min(READ, images.size() - position);
        LabelledBatch read = LabelledBatch.read(images.dataset(), position, count);
        split(pairs(SeenImages.of(read.images(), read.labels())), collectorOf);
      }
    }
  }

  /** Runs a chain and hands on the pairs of what its steps made. */
  void run(ChainRunner chain, Function<Long, ExampleCollector> collectorOf) {
    chain
        .run("making training pairs", images -> pairs(SeenImages.of(images, goal, chain.model())))
        .forEach(made -> split(made, collectorOf));
  }

  /** Pairs with the samples of the images that they were made of. */
  private record Made(long[] samples, List<Pairs> parts) {}

  private Made pairs(SeenImages images) {
    ImageBatch clean = images.clean();
    try {
      return new Made(clean.samples(), check.checked(recipe.recipe().pairs(images, run), clean));
    } catch (BadInputException
        | RunCancelledException
        | ComponentFailureException
        | PluginErrorException told) {
      throw told;
    } catch (RuntimeException e) {
      throw new ComponentFailureException(
          "%s failed to make pairs of samples %d to %d: %s"
              .formatted(
                  recipe.owner(),
                  clean.sample(0),
                  clean.sample(clean.size() - 1),
                  ThrowableText.of(e)),
          e);
    }
  }

  /** Hands each pair to the collector of its sample: images are split, never examples. */
  private static void split(Made made, Function<Long, ExampleCollector> collectorOf) {
    for (Pairs pairs : made.parts()) {
      Map<ExampleCollector, List<Integer>> shares = new LinkedHashMap<>();
      for (int pair = 0; pair < pairs.rows().length; pair++) {
        long sample = made.samples()[pairs.rows()[pair]];
        shares.computeIfAbsent(collectorOf.apply(sample), collector -> new ArrayList<>()).add(pair);
      }
      shares.forEach(
          (collector, share) -> {
            int[] selected = share.stream().mapToInt(Integer::intValue).toArray();
            collector.add(pairs.inputs().select(selected), pairs.targets().select(selected));
          });
    }
  }
}
