/** NumPy's file formats: arrays that are read and written a few rows at a time. */
package io.hone.numpy;
