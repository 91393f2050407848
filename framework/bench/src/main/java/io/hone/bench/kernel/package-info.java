/** Gradients of single kernels: the ways to write them, and their time. */
package io.hone.bench.kernel;
