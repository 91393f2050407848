package io.hone.dl4j.samediff;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.bytedeco.javacpp.Pointer;

/**
 * Bounds the memory outside the heap: SameDiff leaves much of what it computes to the garbage
 * collector, which sees a few bytes where there are megabytes, and does not hurry.
 */
public final class NativeMemory {
  private static final long GROWTH = 1L << 30;

  private long floor = Pointer.physicalBytes();
  private boolean collected;

  /** Collects garbage if the process grew by a gigabyte since that was last done. */
  public void bound() {
    if (collected) {
      // One call later, because other threads free what was collected.
      trim();
      floor = Pointer.physicalBytes();
      collected = false;
    } else if (Pointer.physicalBytes() - floor > GROWTH) {
      System.gc();
      collected = true;
    }
  }

  /**
   * Gives freed memory back to the operating system. The C library keeps it otherwise, the process
   * stays as large as it was, and each round of garbage would be a gigabyte larger than the last.
   */
  private static void trim() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(
              new ObjectName("com.sun.management:type=DiagnosticCommand"),
              "systemTrimNativeHeap",
              new Object[0],
              new String[0]);
    } catch (JMException e) {
      // Older JDKs and other C libraries do not know how: more memory is used there, no more.
    }
  }
}
