/** What computes the steps of a training, whatever library does it. */
@NullMarked
package io.hone.learning.engine;

import org.jspecify.annotations.NullMarked;
