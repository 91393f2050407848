package io.hone.cli.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Shares the rows of a batch among threads, one shard each. A row's result depends on that row
 * alone, so it is the same however many threads there are.
 */
final class RowShards implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  /** Works on some rows. */
  interface Work {
    void run(int from, int to);
  }

  RowShards(int threads) {
    this.threads = threads;
    this.executor = Executors.newFixedThreadPool(threads, task -> new Thread(task, "hone-rows"));
  }

  /** Works on all rows and waits for every thread, also after a failure. */
  void run(int rows, Work work) {
    List<Future<?>> shards = new ArrayList<>();
    int size = Math.max(1, (rows + threads - 1) / threads);
    for (int from = 0; from < rows; from += size) {
      int start = from;
      int end = Math.min(rows, from + size);
      shards.add(executor.submit(() -> work.run(start, end)));
    }
    RuntimeException failure = null;
    for (Future<?> shard : shards) {
      try {
        shard.get();
      } catch (ExecutionException e) {
        failure =
            e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
