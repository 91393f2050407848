/** Improvers: they remove redundant perturbation from adversarial examples. */
@NullMarked
package io.hone.plugins.improvers;

import org.jspecify.annotations.NullMarked;
