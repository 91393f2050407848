/** Folds the results of samples into figures, and judges whether the figures can be trusted. */
@NullMarked
package io.hone.engine.measure;

import org.jspecify.annotations.NullMarked;
