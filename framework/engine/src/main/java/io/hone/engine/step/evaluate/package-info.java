/** Steps that show examples of the model under test to another model. */
@NullMarked
package io.hone.engine.step.evaluate;

import org.jspecify.annotations.NullMarked;
