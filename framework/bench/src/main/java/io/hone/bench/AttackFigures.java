package io.hone.bench;

/**
 * What one side's attack came to.
 *
 * @param seconds that it took
 * @param attacked images that the model took for what they are
 * @param successes how many of them it takes for something else now
 * @param medianL2 median distance of the successes; 0 if there are none
 */
record AttackFigures(double seconds, long attacked, long successes, double medianL2) {}
