package io.hone.engine.check;

import io.hone.api.run.Progress;
import io.hone.engine.progress.UnitWatch;
import java.util.Locale;

/** Shows which check is at work, and the queries that it makes. */
final class CheckProgress implements UnitWatch {
  private static final long BETWEEN_WORDS = 250_000_000;

  private final Progress progress;
  private String work = "";
  private long asked;
  private long lastWords;

  CheckProgress(Progress progress) {
    this.progress = progress;
  }

  /** A check begins. */
  synchronized void begin(String check, String entry) {
    work = "check " + check + " of " + entry;
    asked = 0;
    lastWords = System.nanoTime();
    progress.describe(work);
  }

  /** The check has ended. */
  synchronized void finished() {
    progress.advance(1);
  }

  @Override
  public synchronized void asked(long images) {
    asked += images;
    if (System.nanoTime() - lastWords >= BETWEEN_WORDS) {
      lastWords = System.nanoTime();
      progress.describe(String.format(Locale.ROOT, "%s, %,d queries", work, asked));
    }
  }

  @Override
  public void begin(int step) {}

  @Override
  public void end(boolean measured) {}

  @Override
  public void done() {}
}
