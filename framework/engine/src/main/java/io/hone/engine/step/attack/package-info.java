/** Steps that look for adversarial examples. */
package io.hone.engine.step.attack;
