/** Attacks that minimise the distance to the clean image together with a loss. */
package io.hone.plugins.optimization;
