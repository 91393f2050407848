package io.hone.engine.progress;

/** Told how far the work on one unit is; called from the one thread that works on it. */
public interface UnitWatch {
  /** A step begins. */
  void begin(int step);

  /** The step has shown so many images to the model. */
  void asked(long images);

  /**
   * The step has ended.
   *
   * @param measured whether it was run now, not found finished
   */
  void end(boolean measured);

  /** All steps have ended. */
  void done();
}
