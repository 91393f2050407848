/** Box-constrained L-BFGS, and the attacks that carry its name. */
package io.hone.plugins.optimization.lbfgs;
