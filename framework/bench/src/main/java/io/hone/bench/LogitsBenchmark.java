package io.hone.bench;

import ai.onnxruntime.OrtException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.bench.network.BareSession;
import io.hone.bench.network.Digits;
import io.hone.bench.network.HoneModel;
import io.hone.bench.network.LeNet5;
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

/** Images per second from pixels to logits: Hone against ONNX Runtime used by hand. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 5, time = 3)
public class LogitsBenchmark {
  private static final int SHARD = Digits.BATCH / Digits.THREADS;

  /** Hone's classifier, shared by all threads. */
  @State(Scope.Benchmark)
  public static class Hone {
    Classifier classifier;

    /** Opens the model. */
    @Setup(Level.Trial)
    public void open() throws IOException {
      classifier = HoneModel.open(new LeNet5());
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
  }

  /** One thread's own session of one thread. */
  @State(Scope.Thread)
  public static class OwnSession {
    BareSession session;

    /** Opens the session. */
    @Setup(Level.Trial)
    public void open() throws OrtException {
      session = new BareSession(new LeNet5(), 1, Digits.random(SHARD, 1));
    }

    /** Closes the session. */
    @TearDown(Level.Trial)
    public void close() throws OrtException {
      session.close();
    }
  }

  /** One session that spreads every operator over the cores. */
  @State(Scope.Benchmark)
  public static class WideSession {
    BareSession session;

    /** Opens the session. */
    @Setup(Level.Trial)
    public void open() throws OrtException {
      session = new BareSession(new LeNet5(), Digits.THREADS, Digits.random(Digits.BATCH, 1));
    }

    /** Closes the session. */
    @TearDown(Level.Trial)
    public void close() throws OrtException {
      session.close();
    }
  }

  /** Hone: threads share a classifier, each runs its shard of the batch. */
  @Benchmark
  @Threads(Digits.THREADS)
  @OperationsPerInvocation(SHARD)
  public Tensor hone(Hone hone, Shard shard) {
    return hone.classifier.logits(shard.images);
  }

  /** Bare ONNX Runtime: a session of one thread for each shard. */
  @Benchmark
  @Threads(Digits.THREADS)
  @OperationsPerInvocation(SHARD)
  public void bareShards(OwnSession own) throws OrtException {
    own.session.run();
  }

  /** Bare ONNX Runtime: one session of two threads for the whole batch. */
  @Benchmark
  @Threads(1)
  @OperationsPerInvocation(Digits.BATCH)
  public void bareWide(WideSession wide) throws OrtException {
    wide.session.run();
  }
}
