package io.hone.dl4j.samediff;

import org.bytedeco.javacpp.Pointer;

/**
 * Bounds the memory outside the heap: SameDiff leaves much of what it computes to the garbage
 * collector, which sees a few bytes where there are megabytes, and does not hurry.
 */
public final class NativeMemory {
  private static final long GROWTH = 1L << 30;

  private long floor = Pointer.physicalBytes();

  /** Collects garbage if the process grew by a gigabyte since that was last done. */
  public void bound() {
    long resident = Pointer.physicalBytes();
    // What was collected is freed a moment later: the smallest size seen is what is in use.
    floor = Math.min(floor, resident);
    if (resident - floor > GROWTH) {
      System.gc();
      floor = resident;
    }
  }
}
