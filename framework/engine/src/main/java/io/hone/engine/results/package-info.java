/** What a run leaves behind: summary, samples, arrays, gallery. */
@NullMarked
package io.hone.engine.results;

import org.jspecify.annotations.NullMarked;
