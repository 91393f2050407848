package io.hone.api.run;

/** A long task's progress as a user sees it. */
public interface Progress extends AutoCloseable {
  /** Tells that this many more units are done. */
  void advance(long units);

  /** Tells what is going on, in a few words such as {@code loss 0.031}. */
  void describe(String state);

  @Override
  void close();
}
