package io.hone.engine.context;

import io.hone.engine.context.RunServices.StepRun;
import io.hone.host.part.PartRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** The context of a part of the work of a step's component. */
final class StepPart extends PartRun {
  private final StepRun step;

  /**
   * Creates a context.
   *
   * @param name of the part, behind those of the parts that it is a part of
   */
  StepPart(StepRun step, String name) {
    super(step, name);
    this.step = step;
  }

  @Override
  public RandomGenerator random(long sample) {
    return step.random(name(), sample);
  }

  @Override
  public Path workFolder() {
    try {
      return Files.createDirectories(step.workFolder().resolve(name()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
