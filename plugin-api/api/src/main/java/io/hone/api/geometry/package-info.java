/** Norms, steps and balls that attacks measure and move images with. */
package io.hone.api.geometry;
