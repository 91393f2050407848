/** Attacks that add noise, whatever the model. */
@NullMarked
package io.hone.plugins.noise;

import org.jspecify.annotations.NullMarked;
