package io.hone.engine.context;

import io.hone.api.run.Progress;

/** How a run is shown to the user. Called from several threads. */
public interface RunListener {
  /** Starts showing a long task; {@code total} is negative if it is not known. */
  Progress progress(String task, long total);

  /** Shows something worth knowing. */
  void notice(String message);
}
