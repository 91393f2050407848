/** Steps that keep the nearest example of several steps, sample by sample. */
@NullMarked
package io.hone.engine.step.combine;

import org.jspecify.annotations.NullMarked;
