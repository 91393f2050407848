package io.hone.onnxruntime.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What somebody has open in ONNX Runtime, closed together and last first.
 *
 * <p>Its sessions and values are memory that no garbage collector sees. So the process counts what
 * is open of them, and a test can tell whether a failed run left something behind.
 */
public final class OpenHandles implements AutoCloseable {
  private static final AtomicLong OPEN = new AtomicLong();

  private final Deque<AutoCloseable> handles = new ArrayDeque<>();

  /** Returns how many handles are open in this process. */
  public static long count() {
    return OPEN.get();
  }

  /** Takes over a handle, and returns it. */
  public <T extends AutoCloseable> T keep(T handle) {
    handles.push(handle);
    OPEN.incrementAndGet();
    return handle;
  }

  /** Closes every handle; closing again does nothing. */
  @Override
  public void close() {
    IllegalStateException problem = null;
    while (!handles.isEmpty()) {
      try {
        handles.pop().close();
        OPEN.decrementAndGet();
      } catch (Exception failure) {
        problem = new IllegalStateException("ONNX Runtime could not free its memory", failure);
      }
    }
    if (problem != null) {
      throw problem;
    }
  }
}
