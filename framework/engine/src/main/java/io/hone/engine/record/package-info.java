/**
 * Files that tell whether they are what was written, the bytes in them, and check sums that tell
 * what something depends on.
 */
@NullMarked
package io.hone.engine.record;

import org.jspecify.annotations.NullMarked;
