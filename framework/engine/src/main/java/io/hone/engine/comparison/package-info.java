/** Compares what two runs found of the same samples. */
@NullMarked
package io.hone.engine.comparison;

import org.jspecify.annotations.NullMarked;
