/** Improvers: they remove redundant perturbation from adversarial examples. */
package io.hone.plugins.improvers;
