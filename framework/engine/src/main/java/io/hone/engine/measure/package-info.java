/** Folds the results of samples into figures, and judges whether the figures can be trusted. */
package io.hone.engine.measure;
