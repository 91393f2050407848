/** Steps that remove redundant perturbation. */
package io.hone.engine.step.improve;
