package io.hone.core.scenario;

import io.hone.core.yaml.YamlNode;

/** The axes of a matrix as written; {@link AxisReader} makes sense of them. */
record MatrixSection(YamlNode axes) {}
