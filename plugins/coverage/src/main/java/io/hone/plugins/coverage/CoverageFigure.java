package io.hone.plugins.coverage;

/**
 * A figure of coverage: the share of some states that inputs brought the network into.
 *
 * @param name of the figure
 * @param states how many there are, numbered from 0
 */
record CoverageFigure(String name, int states) {}
