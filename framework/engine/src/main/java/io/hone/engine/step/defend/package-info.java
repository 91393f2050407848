/** Steps that undo an attack. */
@NullMarked
package io.hone.engine.step.defend;

import org.jspecify.annotations.NullMarked;
