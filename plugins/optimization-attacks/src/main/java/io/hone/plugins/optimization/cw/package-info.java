/**
 * The attacks of Carlini and Wagner 2017, "Towards Evaluating the Robustness of Neural Networks".
 */
package io.hone.plugins.optimization.cw;
