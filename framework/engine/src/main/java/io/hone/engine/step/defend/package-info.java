/** Steps that undo an attack. */
package io.hone.engine.step.defend;
