/** The journal of a run: records of finished units and steps, from which a run is resumed. */
package io.hone.engine.journal;
