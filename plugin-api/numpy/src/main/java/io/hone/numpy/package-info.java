/** NumPy's file formats: arrays that are read and written a few rows at a time. */
@NullMarked
package io.hone.numpy;

import org.jspecify.annotations.NullMarked;
