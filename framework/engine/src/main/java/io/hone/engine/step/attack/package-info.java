/** Steps that look for adversarial examples. */
@NullMarked
package io.hone.engine.step.attack;

import org.jspecify.annotations.NullMarked;
