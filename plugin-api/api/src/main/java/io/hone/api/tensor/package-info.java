/** Arrays of numbers: images and logits. */
package io.hone.api.tensor;
