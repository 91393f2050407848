/** Steps that keep the nearest example of several steps, sample by sample. */
package io.hone.engine.step.combine;
