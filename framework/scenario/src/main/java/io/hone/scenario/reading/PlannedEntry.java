package io.hone.scenario.reading;

import java.util.List;
import java.util.Map;

/**
 * One result entry, before its components are bound.
 *
 * @param name unique: {@code recover@fgsm[threshold=0.96]}
 * @param base the name without the variant: {@code recover@fgsm}
 * @param step what it does
 * @param of the names of the entries it receives
 * @param point the value chosen on each axis that the entry depends on, in the matrix's order
 */
record PlannedEntry(
    String name, String base, StepOutline step, List<String> of, Map<Axis, Axis.Value> point) {}
