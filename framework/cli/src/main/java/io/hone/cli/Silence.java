package io.hone.cli;

import io.hone.api.run.Progress;
import io.hone.core.engine.RunListener;

/** Shows nothing: for work whose notices are part of a command's result. */
enum Silence implements RunListener {
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
