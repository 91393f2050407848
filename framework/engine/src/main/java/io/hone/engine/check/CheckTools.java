package io.hone.engine.check;

import io.hone.api.data.Tensor;
import io.hone.api.run.Setting;
import io.hone.engine.context.RunServices;
import io.hone.engine.progress.UnitWatch;
import io.hone.host.component.ComponentRegistry;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What checks work with.
 *
 * @param services of the checks alone, so that nothing they try is told as part of the run
 * @param registry of the components that a check may use beside the attack it looks at
 * @param setting of the run
 * @param firstImages some of the data set's images
 * @param metrics ids of what the run measures
 * @param watch told of the images that the checks show to models
 */
record CheckTools(
    RunServices services,
    ComponentRegistry registry,
    Setting setting,
    Tensor firstImages,
    List<String> metrics,
    UnitWatch watch) {
  /** Returns what works on rows side by side. */
  Shards shards() {
    return new Shards(services.threads());
  }

  /** Returns random numbers of one check for one sample. */
  RandomGenerator random(String check, long sample) {
    return services.forTask("check " + check).random(sample);
  }
}
