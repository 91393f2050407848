/** YAML text as an immutable tree in which every node knows its place. */
@NullMarked
package io.hone.scenario.yaml;

import org.jspecify.annotations.NullMarked;
