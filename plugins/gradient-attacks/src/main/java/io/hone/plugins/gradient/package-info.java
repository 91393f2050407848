/** Attacks that follow the gradient of the loss. */
package io.hone.plugins.gradient;
