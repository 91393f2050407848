package io.hone.onnxruntime.training;

import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that compute parts of a batch side by side. */
final class WorkerThreads implements AutoCloseable {
  private final ExecutorService threads;

  /**
   * Starts the threads.
   *
   * @param count at least 1
   */
  WorkerThreads(int count) {
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "hone-training");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Computes a part of a batch. */
  @FunctionalInterface
  interface Part {
    void run() throws OrtException;
  }

  /**
   * Runs all parts, and returns when the last part ends.
   *
   * @throws OrtException of a part that failed
   */
  void runAll(List<Part> parts) throws OrtException {
    List<Future<?>> running = new ArrayList<>();
    for (Part part : parts) {
      running.add(
          threads.submit(
              () -> {
                part.run();
                return null;
              }));
    }
    OrtException failure = null;
    for (Future<?> part : running) {
      try {
        part.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof OrtException cause)) {
          throw new IllegalStateException(e.getCause());
        }
        failure = cause;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the training was interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
