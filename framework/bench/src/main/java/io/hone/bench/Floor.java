package io.hone.bench;

import ai.onnxruntime.OrtException;
import io.hone.bench.network.BareSession;
import io.hone.bench.network.Digits;
import io.hone.bench.network.LeNet5;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * The least time that a number of queries can take: ONNX Runtime used by hand, a session of one
 * thread for each core.
 */
final class Floor implements AutoCloseable {
  private static final int SHARD = Digits.BATCH / Digits.THREADS;

  private final List<BareSession> sessions = new ArrayList<>();

  /** Opens the sessions. */
  Floor() throws OrtException {
    for (int thread = 0; thread < Digits.THREADS; thread++) {
      sessions.add(new BareSession(new LeNet5(), 1, Digits.random(SHARD, 1)));
    }
  }

  /**
   * Classifies as many images as fill whole batches and returns the seconds that {@code queries}
   * would have taken.
   */
  double seconds(long queries, ExecutorService threads)
      throws InterruptedException, ExecutionException {
    long runs = (queries + Digits.BATCH - 1) / Digits.BATCH;
    List<Callable<Void>> shares = new ArrayList<>();
    for (BareSession session : sessions) {
      shares.add(
          () -> {
            for (long run = 0; run < runs; run++) {
              session.run();
            }
            return null;
          });
    }
    long started = System.nanoTime();
    for (Future<Void> share : threads.invokeAll(shares)) {
      share.get();
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    return seconds * queries / (runs * Digits.BATCH);
  }

  @Override
  public void close() throws OrtException {
    for (BareSession session : sessions) {
      session.close();
    }
  }
}
