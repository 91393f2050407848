/** Shrinks what cannot be restored. */
@NullMarked
package io.hone.plugins.improvers.shrink;

import org.jspecify.annotations.NullMarked;
