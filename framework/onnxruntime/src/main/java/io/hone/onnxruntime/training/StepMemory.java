package io.hone.onnxruntime.training;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.run.Run;
import io.hone.api.train.RefusedChoiceException;
import io.hone.learning.engine.LearningRequest;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.memory.MemoryEstimate;
import io.hone.onnx.training.Weight;
import io.hone.onnx.training.step.StepGraph;
import io.hone.onnxruntime.session.ExecutionTarget;
import io.hone.onnxruntime.session.MemoryLimit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How much memory a training takes, told from the shapes of its graph.
 *
 * @param perExample bytes that an example of a step of the largest images adds
 * @param fixed bytes of the weights with all that belongs to them, and of what any step needs
 */
record StepMemory(LearningRequest request, long perExample, long fixed) {
  /** Bytes of a step from which two threads gain more by a shard each than they lose. */
  private static final long LARGE = 64L << 20;

  /** A weight, its gradients in two shards, and twice what an optimiser keeps of it. */
  private static final int COPIES = 7;

  /** A run's memory is planned after the first run, whose own memory stays. */
  private static final int PLANNED = 2;

  static StepMemory of(StepGraph step, LearningRequest request) {
    Set<String> single = new HashSet<>();
    single.add(step.share());
    step.weights().stream().map(Weight::name).forEach(single::add);
    ImageShape image = request.largest();
    Shape one = Shape.of(1, image.channels(), image.height(), image.width());
    MemoryEstimate estimate =
        MemoryEstimate.of(
            step.model(), Map.of(step.image(), one), input -> !single.contains(input));
    long weights =
        step.weights().stream().mapToLong(weight -> weight.shape().elements()).sum() * Float.BYTES;
    return new StepMemory(
        request, estimate.perImage(), COPIES * weights + estimate.weights() + estimate.fixed());
  }

  /** Returns 2 shards for a large step, and 1 for a small step; never the number of processors. */
  int usualShards() {
    return request.batch() > 1 && perExample * request.batch() >= LARGE ? 2 : 1;
  }

  /**
   * Tells what the training will take.
   *
   * @param target whose memory it takes; that of a GPU is not known beforehand
   * @throws BadInputException if the machine has less
   */
  void check(int shards, ExecutionTarget target, Run run) {
    long together =
        ((long) request.batch() + shards - 1) / shards * Math.min(shards, request.threads());
    double needed = PLANNED * MemoryLimit.withArena((double) perExample * together) + fixed;
    long machine = MemoryLimit.of(Optional.empty(), target, run).machine();
    if (needed > machine) {
      throw new RefusedChoiceException(
          "with.batch",
          "a step of %d examples needs about %s of memory%s, and this machine has %s; take smaller batches%s"
              .formatted(
                  request.batch(),
                  MemoryLimit.gigabytes(needed),
                  ofSizes(),
                  MemoryLimit.gigabytes(machine),
                  request.sizes().isPresent() ? " or smaller images" : ""));
    }
    run.notice(
        "a step of %d examples in %d %s needs about %s of memory%s"
            .formatted(
                request.batch(),
                shards,
                shards == 1 ? "shard" : "shards",
                MemoryLimit.gigabytes(needed),
                ofSizes()));
  }

  private String ofSizes() {
    return request
        .sizes()
        .map(
            range ->
                ", where its images have the largest size, %1$d x %1$d".formatted(range.largest()))
        .orElse("");
  }
}
