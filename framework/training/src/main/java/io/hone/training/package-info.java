/**
 * Trains models: makes examples, has a trainer learn from them, checks and publishes the result.
 */
@NullMarked
package io.hone.training;

import org.jspecify.annotations.NullMarked;
