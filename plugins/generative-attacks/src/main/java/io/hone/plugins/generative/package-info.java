/** Attacks by networks that were trained to make adversarial examples. */
@NullMarked
package io.hone.plugins.generative;

import org.jspecify.annotations.NullMarked;
