package io.hone.bench;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.LossGradient;
import io.hone.bench.network.Digits;
import io.hone.bench.network.HoneModel;
import io.hone.bench.network.LeNet5;
import io.hone.bench.network.LibtorchLeNet5;
import io.hone.bench.network.LibtorchModel;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Images per second from pixels to the gradient of cross-entropy: Hone against DJL + libtorch. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class GradientBenchmark {
  private static final int SHARD = Digits.BATCH / Digits.THREADS;
  private static final Loss LOSS = Loss.crossEntropy(true);

  /** Hone's classifier, shared by all threads. */
  @State(Scope.Benchmark)
  public static class Hone {
    DifferentiableClassifier classifier;

    /** Opens the model. */
    @Setup(Level.Trial)
    public void open() throws IOException {
      classifier = (DifferentiableClassifier) HoneModel.open(new LeNet5());
    }

    /** Closes the model. */
    @TearDown(Level.Trial)
    public void close() {
      classifier.close();
    }
  }

  /** One thread's shard of the batch. */
  @State(Scope.Thread)
  public static class Shard {
    final ImageBatch images = new ImageBatch(Digits.random(SHARD, 1), new long[SHARD]);
    final int[] labels = Digits.labels(SHARD);
  }

  /** The peer; libtorch spreads every operator over its own threads. */
  @State(Scope.Benchmark)
  public static class Libtorch {
    final Tensor images = Digits.random(Digits.BATCH, 1);
    final int[] labels = Digits.labels(Digits.BATCH);
    LibtorchModel model;

    /** Opens the model, and makes sure that both sides work out the same. */
    @Setup(Level.Trial)
    public void open() throws IOException {
      model = new LibtorchLeNet5(new LeNet5());
      model.checkAgainstHone(images, labels);
    }

    /** Closes the model. */
    @TearDown(Level.Trial)
    public void close() {
      model.close();
    }
  }

  /** Hone: threads share a classifier, each runs its shard of the batch. */
  @Benchmark
  @Threads(Digits.THREADS)
  @OperationsPerInvocation(SHARD)
  public LossGradient hone(Hone hone, Shard shard) {
    return hone.classifier.lossGradient(shard.images, LOSS, shard.labels);
  }

  /**
   * DJL + libtorch: one thread calls, libtorch uses as many as Hone. DJL differentiates on one
   * thread at a time, so shards of the batch cannot run side by side.
   */
  @Benchmark
  @Threads(1)
  @OperationsPerInvocation(Digits.BATCH)
  @Fork(
      value = 1,
      jvmArgsAppend = {"-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=2"})
  public Tensor djl(Libtorch libtorch) {
    return libtorch.model.gradient(libtorch.images, libtorch.labels);
  }

  /** DJL + libtorch on one thread alone, which is faster where threads wait for each other. */
  @Benchmark
  @Threads(1)
  @OperationsPerInvocation(Digits.BATCH)
  @Fork(
      value = 1,
      jvmArgsAppend = {"-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"})
  public Tensor djlOneThread(Libtorch libtorch) {
    return libtorch.model.gradient(libtorch.images, libtorch.labels);
  }
}
