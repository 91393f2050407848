/** Attacks by networks that were trained to make adversarial examples. */
package io.hone.plugins.generative;
