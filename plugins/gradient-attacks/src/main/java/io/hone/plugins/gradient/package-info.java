/** Attacks that follow the gradient of the loss. */
@NullMarked
package io.hone.plugins.gradient;

import org.jspecify.annotations.NullMarked;
