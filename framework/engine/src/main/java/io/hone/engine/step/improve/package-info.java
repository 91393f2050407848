/** Steps that remove redundant perturbation. */
@NullMarked
package io.hone.engine.step.improve;

import org.jspecify.annotations.NullMarked;
