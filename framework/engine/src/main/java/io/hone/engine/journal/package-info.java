/** The journal of a run: records of finished units and steps, from which a run is resumed. */
@NullMarked
package io.hone.engine.journal;

import org.jspecify.annotations.NullMarked;
