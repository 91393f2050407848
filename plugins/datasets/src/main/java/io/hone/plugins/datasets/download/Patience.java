package io.hone.plugins.datasets.download;

import java.time.Duration;

/**
 * How slow a mirror may be before another one is tried.
 *
 * @param silence how long it may send nothing
 * @param window how long a stretch is over which its rate is taken
 * @param leastBytes what it must send in each such stretch
 */
public record Patience(Duration silence, Duration window, long leastBytes) {
  /** Half a minute of silence, and 8 KiB a second over each minute. */
  public static final Patience USUAL =
      new Patience(Duration.ofSeconds(30), Duration.ofSeconds(60), 60 * 8192);
}
