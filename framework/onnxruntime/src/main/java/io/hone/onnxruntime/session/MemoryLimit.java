package io.hone.onnxruntime.session;

import com.sun.management.OperatingSystemMXBean;
import io.hone.api.BadInputException;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.onnx.memory.MemoryEstimate;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How much memory one run of a batch may take.
 *
 * @param perRun bytes
 * @param machine bytes of the machine or container; more than those fails for certain
 * @param notice tells the user
 */
public record MemoryLimit(long perRun, long machine, Consumer<String> notice) {
  /** Two images run together at the least: a lone image may be computed in another way. */
  public static final int FEWEST = 2;

  private static final long MEGABYTE = 1L << 20;
  private static final int SHARE = 4;

  /**
   * What ONNX Runtime holds beyond the values themselves: its arena grows in steps. Measured over
   * forward and gradient graphs of six networks: 0.9 to 1.5 of the estimate.
   */
  private static final double ARENA = 1.5;

  /**
   * Returns the limit that a user set, or else a quarter of the machine's memory on a processor and
   * none on a GPU; threads that run side by side share it.
   */
  public static MemoryLimit of(Optional<Integer> megabytes, ExecutionTarget target, Run run) {
    long machine =
        ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getTotalMemorySize();
    boolean processor = target instanceof ExecutionTarget.Cpu;
    long all =
        megabytes
            .map(limit -> limit * MEGABYTE)
            .orElse(processor ? machine / SHARE : Long.MAX_VALUE);
    return new MemoryLimit(
        all / Math.max(1, run.threads()), processor ? machine : Long.MAX_VALUE, run::notice);
  }

  /** Returns the same limit, which refuses what is too much and tells nothing else. */
  public MemoryLimit silent() {
    return new MemoryLimit(perRun, machine, told -> {});
  }

  /** Returns how many images may run together; at least {@link #FEWEST}. */
  public int rows(MemoryEstimate estimate) {
    long rows = estimate.imagesWithin((long) (perRun / ARENA));
    return (int) Math.min(Integer.MAX_VALUE, Math.max(FEWEST, rows));
  }

  /** Returns bytes of ONNX Runtime for bytes of values. */
  public static double withArena(double values) {
    return values * ARENA;
  }

  /**
   * Compares the limit with what the fewest images need: more than the limit is told, more than the
   * machine has is refused.
   *
   * @param images that run together at the least
   * @param what is run, such as {@code "gradients of 3x224x224 images"}
   * @throws BadInputException if the machine cannot run it
   */
  public void check(ModelCard card, MemoryEstimate estimate, int images, String what) {
    double needed = withArena(estimate.forImages(images));
    if (needed + estimate.weights() > machine) {
      throw new BadInputException(
          card.file()
              + ": "
              + what
              + " needs about "
              + gigabytes(needed + estimate.weights())
              + " of memory, and this machine has "
              + gigabytes(machine)
              + "; use smaller images, a smaller model or a larger machine");
    }
    if (needed > perRun) {
      notice.accept(
          "Model '"
              + card.name()
              + "': "
              + what
              + " needs about "
              + gigabytes(needed)
              + " for "
              + images
              + " images at once, more than its share of the memory limit, "
              + gigabytes(perRun)
              + "; it cannot take fewer, and runs nevertheless.");
    }
  }

  /** Returns bytes in words, such as {@code 1.5 GB}. */
  public static String gigabytes(double bytes) {
    return String.format(Locale.ROOT, "%.3g GB", bytes / 1e9);
  }
}
