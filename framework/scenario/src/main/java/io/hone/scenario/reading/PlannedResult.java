package io.hone.scenario.reading;

import java.util.Map;

/**
 * The name and the point of one result, be it of a step or of the data set's own images.
 *
 * @param name unique: {@code recover@fgsm[threshold=0.96]}
 * @param base the name without the variant: {@code recover@fgsm}
 * @param point the value chosen on each axis that the result depends on, in the matrix's order
 * @param clean the name of the data set's own images at this point
 */
record PlannedResult(String name, String base, Map<Axis, Axis.Value> point, String clean) {}
