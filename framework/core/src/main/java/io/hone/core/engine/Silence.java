package io.hone.core.engine;

import io.hone.api.run.Progress;

/** Shows nothing: for work whose notices are part of a result, or nobody's concern. */
public enum Silence implements RunListener {
  INSTANCE;

  @Override
  public Progress progress(String task, long total) {
    return new Progress() {
      @Override
      public void advance(long units) {}

      @Override
      public void describe(String state) {}

      @Override
      public void close() {}
    };
  }

  @Override
  public void notice(String message) {}
}
