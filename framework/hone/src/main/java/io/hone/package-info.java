/**
 * Hone's front door: {@link io.hone.Hone} runs scenarios, trainings and single attacks from Java.
 */
@NullMarked
package io.hone;

import org.jspecify.annotations.NullMarked;
