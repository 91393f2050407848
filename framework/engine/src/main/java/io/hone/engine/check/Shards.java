package io.hone.engine.check;

import io.hone.api.run.RunCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Works on rows side by side, one thread for each part of them. */
final class Shards {
  /** Work on the rows from one to another, the second excluded. */
  interface RowWork<T> {
    T on(int from, int to);
  }

  private final int threads;

  Shards(int threads) {
    this.threads = threads;
  }

  /** Returns what the work returned for each part, in the order of the rows. */
  <T> List<T> map(int rows, RowWork<T> work) {
    int parts = Math.max(1, Math.min(threads, rows));
    IntFunction<T> part =
        index ->
            work.on((int) ((long) rows * index / parts), (int) ((long) rows * (index + 1) / parts));
    if (parts == 1) {
      return List.of(part.apply(0));
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(parts, task -> new Thread(task, "hone-check"));
    try {
      return await(
          IntStream.range(0, parts)
              .mapToObj(index -> executor.submit(() -> part.apply(index)))
              .toList());
    } finally {
      executor.shutdown();
    }
  }

  /** Waits for every part, also after a failure: no thread may use a model that is then closed. */
  private static <T> List<T> await(List<Future<T>> parts) {
    List<T> results = new ArrayList<>();
    Throwable failure = null;
    for (Future<T> part : parts) {
      try {
        results.add(part.get());
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = new RunCancelledException();
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof RuntimeException exception) {
      throw exception;
    }
    return results;
  }
}
