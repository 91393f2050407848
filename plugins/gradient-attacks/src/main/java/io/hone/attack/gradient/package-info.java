/** Attacks that follow the gradient of the loss. */
package io.hone.attack.gradient;
