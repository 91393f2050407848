/** Adversarial examples that were made elsewhere. */
@NullMarked
package io.hone.plugins.stored;

import org.jspecify.annotations.NullMarked;
