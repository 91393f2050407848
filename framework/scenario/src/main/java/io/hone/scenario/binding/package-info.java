/** From a YAML tree to records, as descriptors say. */
@NullMarked
package io.hone.scenario.binding;

import org.jspecify.annotations.NullMarked;
