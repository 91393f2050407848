/** Reads the bytes of a record within their bounds; a damaged record is named. */
package io.hone.engine.record;
