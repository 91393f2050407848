package io.hone.bench;

import io.hone.api.run.Progress;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.RunListener;

/** Takes the time until a training has its pairs, and cancels it there. */
final class PairsWatch implements RunListener {
  private static final String READY = "training on ";
  private static final String FOUND = "training pairs found in the cache";

  private final Cancellation cancellation;
  private long start;
  private long end;
  private boolean inCache;

  /**
   * Creates a watch.
   *
   * @param cancellation of the training
   */
  PairsWatch(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /** Starts. */
  synchronized void start() {
    start = System.nanoTime();
  }

  @Override
  public Progress progress(String task, long total) {
    return new Unseen();
  }

  @Override
  public synchronized void notice(String message) {
    if (message.startsWith(FOUND)) {
      inCache = true;
    } else if (message.startsWith(READY)) {
      end = System.nanoTime();
      cancellation.cancel();
    }
  }

  /** Returns whether the pairs were there already. */
  synchronized boolean inCache() {
    return inCache;
  }

  /** Returns how long it took. */
  synchronized double seconds() {
    return (end - start) / 1e9;
  }

  private record Unseen() implements Progress {
    @Override
    public void advance(long units) {}

    @Override
    public void describe(String state) {}

    @Override
    public void close() {}
  }
}
