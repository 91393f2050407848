/** The images of a run: which are selected, and what their labels say. */
@NullMarked
package io.hone.engine.data;

import org.jspecify.annotations.NullMarked;
