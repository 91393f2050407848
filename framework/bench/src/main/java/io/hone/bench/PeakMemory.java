package io.hone.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The most memory that a process and those that it started held, each of them taken alone. */
final class PeakMemory {
  private static final String PEAK = "VmHWM:";
  private static final double KILOBYTES = 1024;
  private static final long BETWEEN_LOOKS = 200;

  private final ProcessHandle process;
  private final Thread looking;
  private volatile double megabytes = Double.NaN;

  private PeakMemory(ProcessHandle process) {
    this.process = process;
    this.looking = new Thread(this::look, "peak-memory");
    looking.setDaemon(true);
  }

  /** Begins to look at a process. */
  static PeakMemory watch(ProcessHandle process) {
    PeakMemory memory = new PeakMemory(process);
    memory.looking.start();
    return memory;
  }

  /** Ends looking, and returns megabytes; NaN where the system does not tell. */
  double end() {
    looking.interrupt();
    return megabytes;
  }

  private void look() {
    try {
      while (process.isAlive()) {
        Stream.concat(Stream.of(process), process.descendants()).forEach(this::look);
        Thread.sleep(BETWEEN_LOOKS);
      }
    } catch (InterruptedException ended) {
      // The process has ended.
    }
  }

  private void look(ProcessHandle one) {
    try (Stream<String> lines =
        Files.lines(Path.of("/proc", String.valueOf(one.pid()), "status"))) {
      lines
          .filter(line -> line.startsWith(PEAK))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KILOBYTES)
          .max()
          .ifPresent(peak -> megabytes = Math.max(peak, Double.isNaN(megabytes) ? 0 : megabytes));
    } catch (IOException | UncheckedIOException gone) {
      // It ended between two looks, or this system tells nothing of processes there.
    }
  }
}
