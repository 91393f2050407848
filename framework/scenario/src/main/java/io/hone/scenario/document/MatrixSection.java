package io.hone.scenario.document;

import io.hone.scenario.yaml.YamlNode;

/** The axes of a matrix as written; what they mean depends on the steps. */
record MatrixSection(YamlNode axes) {}
