package io.hone.bench;

import ai.onnxruntime.OrtException;
import io.hone.api.Improver;
import io.hone.api.model.Classifier;
import io.hone.api.model.ImageTransformer;
import io.hone.api.model.ModelReference;
import io.hone.bench.network.Digits;
import io.hone.engine.context.Cancellation;
import io.hone.engine.step.CountingVictim;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.plugins.improvers.Greedy;
import io.hone.plugins.improvers.RedundancyAutoencoder;
import io.hone.plugins.improvers.order.Order;
import io.hone.plugins.improvers.order.Prefix;
import io.hone.plugins.improvers.order.Ranked;
import io.hone.plugins.improvers.order.Rerank;
import io.hone.plugins.improvers.order.Unit;
import io.hone.plugins.improvers.shrink.Shrink;
import io.hone.scenario.card.ModelCards;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Seconds to improve FGSM examples of the LeNet-5 that Hone ships, on two threads. */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ImprovementBenchmark {
  /** What {@code run: {batch: 256, threads: 2}}, the default on two cores, hands to a thread. */
  private static final int SHARD = Digits.BATCH / Digits.THREADS;

  private static final ModelReference CLASSIFIER = model("mnist-lenet5");
  private static final ModelReference AUTOENCODER = model("mnist-redundancy-fgsm");
  private static final Greedy.Params BLOCKS_OF_SIX = new Greedy.Params(6);
  private static final Ranked.Params BY_GRADIENT =
      new Ranked.Params(Order.GRADIENT, Unit.FEATURE, 0, Rerank.ALL, 0.5, 1);
  private static final Prefix.Params ONE_BY_ONE =
      new Prefix.Params(Order.GRADIENT, Unit.FEATURE, 1);
  private static final Shrink.Params TO_ONE_PERCENT = new Shrink.Params(0.5, 0.01);
  private static final RedundancyAutoencoder.Params REFINED =
      new RedundancyAutoencoder.Params(AUTOENCODER, 0.96, 6);

  private static ModelReference model(String name) {
    return new ModelReference(Path.of("models", name).toAbsolutePath());
  }

  /** What was asked of the model and what was left, next to the time it took. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Queries {
    /** Images classified. */
    public long images;

    /** Features that still differ, over all examples. */
    public long left;

    /**
     * Time over what as many queries take ONNX Runtime by hand, right after: what disturbs the
     * machine for longer than an iteration disturbs both.
     */
    public double overFloor;

    private double seconds;

    /** Starts an iteration at zero. */
    @Setup(Level.Iteration)
    public void forget() {
      images = 0;
      seconds = 0;
    }

    /** Counts what the improvers left, and lets ONNX Runtime take its turn. */
    @TearDown(Level.Iteration)
    public void count(Workshop workshop) throws InterruptedException, ExecutionException {
      left = workshop.parts.stream().mapToLong(Examples::differing).sum();
      overFloor = seconds / workshop.floor.seconds(images, workshop.threads);
    }

    private void improve(Workshop workshop, Step... steps)
        throws InterruptedException, ExecutionException {
      long started = System.nanoTime();
      images += workshop.improve(steps);
      seconds += (System.nanoTime() - started) / 1e9;
    }
  }

  /** Models and threads, kept for all iterations. */
  @State(Scope.Benchmark)
  public static class Workshop {
    /** How many examples to improve. */
    @Param({"1000", "10000"})
    public int examples;

    final TestRun run = new TestRun(7);
    Classifier classifier;
    private ImageTransformer autoencoder;
    private ExecutorService threads;
    private Floor floor;
    private Examples original;
    private List<Examples> parts;

    /** Opens the models and attacks the images. */
    @Setup(Level.Trial)
    public void open() throws OrtException {
      OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
      OnnxRuntimeBackend.Params cpu = OnnxRuntimeBackend.Params.CPU;
      classifier = backend.openClassifier(cpu, ModelCards.read(CLASSIFIER.path()), run);
      autoencoder = backend.openImageTransformer(cpu, ModelCards.read(AUTOENCODER.path()), run);
      run.with(AUTOENCODER, autoencoder);
      threads = Executors.newFixedThreadPool(Digits.THREADS);
      floor = new Floor();
      original = Examples.make(examples, classifier, run);
    }

    /** Copies the examples: improvers work in place. */
    @Setup(Level.Iteration)
    public void copy() {
      parts = original.parts(SHARD);
    }

    /** Closes the models. */
    @TearDown(Level.Trial)
    public void close() throws OrtException {
      threads.shutdownNow();
      floor.close();
      autoencoder.close();
      classifier.close();
    }

    /** Works on all parts side by side and returns the number of images classified. */
    private long improve(Step... steps) throws InterruptedException, ExecutionException {
      List<Future<Long>> shares = new ArrayList<>();
      for (Examples part : parts) {
        shares.add(
            threads.submit(
                () -> {
                  long queries = 0;
                  for (Step step : steps) {
                    queries += step.improve(part, this);
                  }
                  return queries;
                }));
      }
      long queries = 0;
      for (Future<Long> share : shares) {
        queries += share.get();
      }
      return queries;
    }
  }

  private interface Step {
    long improve(Examples part, Workshop workshop);

    static <P extends Record> Step of(Improver<P> improver, P parameters) {
      return (part, workshop) -> {
        CountingVictim victim =
            new CountingVictim(
                workshop.classifier,
                improver.access(parameters),
                "improver",
                part.clean(),
                OptionalLong.empty(),
                new Cancellation());
        improver.improve(parameters, victim, part.clean(), part.adversarial(), workshop.run);
        long queries = 0;
        for (int row = 0; row < part.clean().size(); row++) {
          queries += victim.forwardQueries(row) + victim.gradientQueries(row);
        }
        return queries;
      };
    }
  }

  /** Algorithm 1, from blocks of six. */
  @Benchmark
  public void greedy(Workshop workshop, Queries queries)
      throws InterruptedException, ExecutionException {
    queries.improve(workshop, Step.of(new Greedy(), BLOCKS_OF_SIX));
  }

  /** The autoencoder's guess, refined for each example, then Algorithm 1. */
  @Benchmark
  public void autoencoderThenGreedy(Workshop workshop, Queries queries)
      throws InterruptedException, ExecutionException {
    queries.improve(
        workshop,
        Step.of(new RedundancyAutoencoder(), REFINED),
        Step.of(new Greedy(), BLOCKS_OF_SIX));
  }

  /** By importance, where features may change places. */
  @Benchmark
  public void ranked(Workshop workshop, Queries queries)
      throws InterruptedException, ExecutionException {
    queries.improve(workshop, Step.of(new Ranked(), BY_GRADIENT));
  }

  /**
   * The longest prefix by importance, twice: less than greedy leaves, in a tenth of the queries.
   */
  @Benchmark
  public void prefixTwice(Workshop workshop, Queries queries)
      throws InterruptedException, ExecutionException {
    queries.improve(workshop, Step.of(new Prefix(), ONE_BY_ONE), Step.of(new Prefix(), ONE_BY_ONE));
  }

  /** Along the slope, as far as the label allows. */
  @Benchmark
  public void shrink(Workshop workshop, Queries queries)
      throws InterruptedException, ExecutionException {
    queries.improve(workshop, Step.of(new Shrink(), TO_ONE_PERCENT));
  }
}
