package io.hone.scenario.reading;

import io.hone.scenario.yaml.YamlPath;
import java.util.Optional;

/** What a matrix may vary. */
interface AxisRule {
  /** Returns why a path cannot vary; empty if it can. */
  Optional<String> problem(YamlPath path);

  /** Returns in words what can vary. */
  String known();
}
