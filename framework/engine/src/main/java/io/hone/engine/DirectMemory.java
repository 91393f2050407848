package io.hone.engine;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * Bounds the memory of tensors over a long run.
 *
 * <p>Tensors are outside the heap and are freed when a collection finds them unused. A tensor that
 * survived a few small collections waits for a full one, which a heap of some megabytes never
 * needs. So a full collection is asked for when tensors have grown by a fixed amount since the last
 * one, and the C library is told to give back what was freed.
 */
final class DirectMemory {
  private static final long GROWTH = 192L << 20;

  private final BufferPoolMXBean pool =
      ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
          .filter(each -> each.getName().equals("direct"))
          .findFirst()
          .orElseThrow();

  private long floor = pool.getMemoryUsed();
  private boolean collected;

  /** Collects garbage if tensors take much more memory than after the last collection. */
  synchronized void bound() {
    if (collected) {
      // One call later, because another thread frees what was collected.
      trim();
      floor = pool.getMemoryUsed();
      collected = false;
    } else if (pool.getMemoryUsed() - floor > GROWTH) {
      System.gc();
      collected = true;
    }
  }

  private static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      // Older JDKs and other C libraries cannot: freed memory then stays with the process.
    }
  }
}
