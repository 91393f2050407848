/** Steps that show examples of the model under test to another model. */
package io.hone.engine.step.evaluate;
