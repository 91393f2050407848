/** Scenarios and trainings, typed and checked: what a file means. */
@NullMarked
package io.hone.scenario;

import org.jspecify.annotations.NullMarked;
