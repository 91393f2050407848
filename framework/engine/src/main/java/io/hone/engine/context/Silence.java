package io.hone.engine.context;

import io.hone.api.run.Progress;

/** Shows nothing: for work whose notices are part of a result, or nobody's concern. */
public enum Silence implements RunListener {
  INSTANCE;

  @Override
  public Progress progress(String task, long total) {
    return Progress.silent();
  }

  @Override
  public void notice(String message) {}
}
