/**
 * Hone's front door: {@link io.hone.Hone} runs scenarios, trainings and single attacks from Java.
 */
package io.hone;
