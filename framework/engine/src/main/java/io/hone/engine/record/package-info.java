/** Reads the bytes of a record within their bounds; a damaged record is named. */
@NullMarked
package io.hone.engine.record;

import org.jspecify.annotations.NullMarked;
