package io.hone.testkit;

import io.hone.host.part.PartRun;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The context of a part of a component's work in a {@link TestRun}. */
final class TestPartRun extends PartRun {
  private final TestRun whole;

  TestPartRun(TestRun whole, String name) {
    super(whole, name);
    this.whole = whole;
  }

  @Override
  public RandomGenerator random(long sample) {
    return whole.random(name(), sample);
  }

  @Override
  public Path workFolder() {
    return whole.workFolder();
  }
}
