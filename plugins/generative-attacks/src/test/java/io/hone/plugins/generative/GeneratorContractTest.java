package io.hone.plugins.generative;

import io.hone.api.data.ImageShape;
import io.hone.testkit.AttackContractTest;
import io.hone.testkit.TestRun;
import java.util.List;
import java.util.Map;

/** What all attacks by generators are tried on. */
abstract class GeneratorContractTest extends AttackContractTest<GeneratorParameters> {
  GeneratorContractTest(GeneratorAttack attack) {
    super(attack);
  }

  @Override
  protected GeneratorParameters parameters() {
    return new GeneratorParameters(Generators.MODEL);
  }

  /** The generator takes images of one shape. */
  @Override
  protected List<ImageShape> hostileShapes() {
    return List.of(shape());
  }

  @Override
  protected TestRun run(long seed) {
    return Generators.run(
        seed,
        shape(),
        Map.of("targets", Map.of("0", 1)),
        (feature, value) -> (float) (1.5 * Math.sin(31 * feature + 7 * value)));
  }
}
