package io.hone.engine;

import io.hone.api.run.RunCancelledException;
import io.hone.engine.context.Cancellation;
import io.hone.engine.journal.SampleRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Works on units side by side, one thread each. */
final class UnitPool {
  private final int threads;
  private final Cancellation cancellation;

  UnitPool(int threads, Cancellation cancellation) {
    this.threads = threads;
    this.cancellation = cancellation;
  }

  /** Cuts ranges into shards of a batch; few samples are still shared by all threads. */
  List<SampleRange> units(List<SampleRange> ranges, int batch) {
    long samples = ranges.stream().mapToLong(SampleRange::count).sum();
    long size = Math.max(1, (Math.min(batch, samples) + threads - 1) / threads);
    List<SampleRange> units = new ArrayList<>();
    for (SampleRange range : ranges) {
      for (long done = 0; done < range.count(); done += size) {
        units.add(new SampleRange(range.position() + done, Math.min(size, range.count() - done)));
      }
    }
    return units;
  }

  /**
   * Works on every unit and waits for all, also after a failure: no thread may use a model that is
   * then closed.
   *
   * @param work makes the task of a unit
   * @return what the tasks returned, in the order of the units
   * @throws ExecutionException with what the first failing task threw; a cancellation only if
   *     nothing else failed
   */
  <T> List<T> run(List<SampleRange> units, Function<SampleRange, Callable<T>> work)
      throws ExecutionException {
    ExecutorService executor =
        Executors.newFixedThreadPool(threads, task -> new Thread(task, "hone-worker"));
    try {
      List<Future<T>> futures = new ArrayList<>();
      for (SampleRange unit : units) {
        Callable<T> task = work.apply(unit);
        futures.add(
            executor.submit(
                () -> {
                  cancellation.check();
                  return task.call();
                }));
      }
      return await(futures);
    } finally {
      executor.shutdownNow();
      awaitEnd(executor);
    }
  }

  /** Returns what a task threw, as the caller of all tasks throws it on. */
  static RuntimeException thrown(ExecutionException failure) {
    if (failure.getCause() instanceof Error error) {
      throw error;
    }
    return failure.getCause() instanceof RuntimeException thrown
        ? thrown
        : new IllegalStateException(failure.getCause());
  }

  /** Waits for the threads themselves, also where this thread was interrupted. */
  private static void awaitEnd(ExecutorService executor) {
    boolean interrupted = Thread.interrupted();
    boolean ended = false;
    while (!ended) {
      try {
        ended = executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
      } catch (InterruptedException again) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private <T> List<T> await(List<Future<T>> futures) throws ExecutionException {
    List<T> results = new ArrayList<>();
    ExecutionException failure = null;
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (failure == null || failure.getCause() instanceof RunCancelledException) {
          failure = e;
        }
        cancellation.cancel();
      } catch (InterruptedException e) {
        cancellation.cancel();
        Thread.currentThread().interrupt();
        failure = new ExecutionException(new RunCancelledException());
      }
    }
    if (failure != null) {
      throw failure;
    }
    return results;
  }
}
