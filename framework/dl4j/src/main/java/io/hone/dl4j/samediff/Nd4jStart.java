package io.hone.dl4j.samediff;

import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Loads nd4j, which takes seconds: only training and the backend {@code dl4j} ask for it.
 *
 * <p>It computes with one thread: sums over several threads round differently, so weights would
 * depend on how many there are.
 */
public final class Nd4jStart {
  private Nd4jStart() {}

  /**
   * Loads nd4j, if that was not done, without the dozen lines it tells of itself, and readies the
   * calling thread for it: OpenMP keeps its number of threads per thread.
   */
  public static void load() {
    Loaded.OPERATIONS.setOmpNumThreads(1);
  }

  /** Initialised once, by the first thread that asks. */
  private static final class Loaded {
    static final NativeOps OPERATIONS = QuietOutput.during(Loaded::start);

    private static NativeOps start() {
      // Arrays that SameDiff's cache hands out again make the second result of a shape wrong.
      System.setProperty(ND4JSystemProperties.SAMEDIFF_MEMORY_CACHE_DISABLE, "false");
      System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
      Nd4j.factory().blas().setMaxThreads(1);
      return NativeOpsHolder.getInstance().getDeviceNativeOps();
    }
  }
}
