/** Scenarios and trainings, typed and checked: what a file means. */
package io.hone.scenario;
