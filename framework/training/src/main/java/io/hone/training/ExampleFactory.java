package io.hone.training;

import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.train.TrainingTarget;
import io.hone.api.train.TrainingTarget.CleanImage;
import io.hone.api.train.TrainingTarget.GoalClass;
import io.hone.api.train.TrainingTarget.Mask;
import io.hone.api.train.TrainingTarget.Redundancy;
import io.hone.engine.ChainRunner;
import io.hone.engine.ChainRunner.ChainImages;
import io.hone.engine.ChainRunner.StepImages;
import io.hone.engine.context.RunServices;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Goal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Makes pairs of input and target from a data set, or from a chain of steps over it. */
final class ExampleFactory {
  private static final int READ = 1024;

  private final TrainingTarget target;
  private final Goal goal;
  private final RunServices services;

  /**
   * Creates a factory.
   *
   * @param goal of attacks
   */
  ExampleFactory(TrainingTarget target, Goal goal, RunServices services) {
    this.target = target;
    this.goal = goal;
    this.services = services;
  }

  /**
   * Hands on the images of a data set with their classes or, for a denoiser, with themselves.
   *
   * @param request what the images and labels must be like
   */
  void read(
      DatasetChoice choice, DatasetRequest request, Function<Long, ExampleCollector> collectorOf) {
    try (OpenedImages images = OpenedImages.open(choice, request, services)) {
      Dataset dataset = images.dataset();
      for (long position = 0; position < images.size(); position += READ) {
        services.cancellation().check();
        int count = (int) Math.min(READ, images.size() - position);
        Tensor pixels = Tensor.images(count, dataset.shape());
        int[] labels = new int[count];
        dataset.read(position, pixels, labels);
        long[] samples = new long[count];
        for (int row = 0; row < count; row++) {
          samples[row] = dataset.sample(position + row);
        }
        ImageBatch batch = new ImageBatch(pixels, samples);
        split(batch, pixels, target(batch, labels), all(count), collectorOf);
      }
    }
  }

  private Tensor target(ImageBatch images, int[] labels) {
    if (target instanceof CleanImage) {
      return images.pixels();
    }
    Tensor classes = Tensor.zeros(labels.length, 1);
    for (int row = 0; row < labels.length; row++) {
      classes.set(row, 0, labels[row]);
    }
    return classes;
  }

  /** Runs a chain and pairs what its steps emitted with what the target says. */
  void run(ChainRunner chain, Function<Long, ExampleCollector> collectorOf) {
    List<List<Pairs>> units = chain.run("making training pairs", images -> pairs(images, chain));
    for (List<Pairs> unit : units) {
      for (Pairs pairs : unit) {
        split(
            pairs.images(),
            pairs.inputs(),
            pairs.targets(),
            all(pairs.images().size()),
            collectorOf);
      }
    }
  }

  private record Pairs(ImageBatch images, Tensor inputs, Tensor targets) {}

  private List<Pairs> pairs(ChainImages images, ChainRunner chain) {
    if (target instanceof Redundancy redundancy) {
      return List.of(redundancyPairs(images, redundancy.mask(), chain));
    }
    if (target instanceof CleanImage) {
      return denoisingPairs(images);
    }
    if (target instanceof GoalClass) {
      GoalPairs wanted = new GoalPairs(goal, chain.model().classes());
      int[] rows = wanted.rows(images);
      ImageBatch clean = images.clean().select(rows);
      return List.of(new Pairs(clean, clean.pixels(), wanted.classes(images, rows)));
    }
    Tensor classes = target(images.clean(), images.labels());
    return List.of(new Pairs(images.clean(), images.clean().pixels(), classes));
  }

  private Pairs redundancyPairs(ChainImages images, Mask mask, ChainRunner chain) {
    boolean greedy = mask == Mask.GREEDY;
    int last = images.steps().size() - 1;
    StepImages examples = images.steps().get(greedy ? last - 1 : last);
    int[] rows = rows(examples.success());
    ImageBatch clean = images.clean().select(rows);
    Tensor adversarial = examples.images().select(rows);
    Tensor masks =
        greedy
            ? RedundancyMasks.restored(
                clean.pixels(), adversarial, images.steps().get(last).images().select(rows))
            : RedundancyMasks.single(chain.model(), clean, adversarial, services.cancellation());
    return new Pairs(clean, adversarial, masks);
  }

  private static List<Pairs> denoisingPairs(ChainImages images) {
    List<Pairs> pairs = new ArrayList<>();
    pairs.add(new Pairs(images.clean(), images.clean().pixels(), images.clean().pixels()));
    for (StepImages step : images.steps()) {
      int[] rows = rows(step.attempted());
      ImageBatch clean = images.clean().select(rows);
      pairs.add(new Pairs(clean, step.images().select(rows), clean.pixels()));
    }
    return pairs;
  }

  private static int[] rows(boolean[] wanted) {
    return IntStream.range(0, wanted.length).filter(row -> wanted[row]).toArray();
  }

  private static int[] all(int count) {
    return IntStream.range(0, count).toArray();
  }

  /** Hands each pair to the collector of its sample: images are split, never examples. */
  private static void split(
      ImageBatch images,
      Tensor inputs,
      Tensor targets,
      int[] rows,
      Function<Long, ExampleCollector> collectorOf) {
    Map<ExampleCollector, List<Integer>> shares = new LinkedHashMap<>();
    for (int row : rows) {
      shares
          .computeIfAbsent(collectorOf.apply(images.sample(row)), key -> new ArrayList<>())
          .add(row);
    }
    shares.forEach(
        (collector, share) -> {
          int[] selected = share.stream().mapToInt(Integer::intValue).toArray();
          collector.add(inputs.select(selected), targets.select(selected));
        });
  }
}
