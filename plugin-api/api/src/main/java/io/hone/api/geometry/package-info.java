/** Norms, steps and balls that attacks measure and move images with. */
@NullMarked
package io.hone.api.geometry;

import org.jspecify.annotations.NullMarked;
