/** Adversarial examples that were made elsewhere. */
package io.hone.plugins.stored;
