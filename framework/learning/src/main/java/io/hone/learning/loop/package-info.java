/** Trainings: epochs of shuffled batches, validation, checkpoints, and the finished file. */
@NullMarked
package io.hone.learning.loop;

import org.jspecify.annotations.NullMarked;
