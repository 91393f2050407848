/** How far a run is, and how long the rest takes. */
@NullMarked
package io.hone.engine.progress;

import org.jspecify.annotations.NullMarked;
