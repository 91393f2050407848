/**
 * What a classifier's outputs mean, and scores written so that losses and gradients can use them.
 */
package io.hone.onnx.scores;
