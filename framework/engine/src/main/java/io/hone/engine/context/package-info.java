/**
 * What components are given to work with: random numbers, models, progress, notices, cancellation.
 */
@NullMarked
package io.hone.engine.context;

import org.jspecify.annotations.NullMarked;
