/** Shrinks what cannot be restored. */
package io.hone.plugins.improvers.shrink;
