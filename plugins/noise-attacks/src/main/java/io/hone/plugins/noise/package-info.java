/** Attacks that add noise, whatever the model. */
package io.hone.plugins.noise;
