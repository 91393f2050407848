package io.hone.scenario.document;

import io.hone.scenario.StepContent;

/**
 * A step as written, its components bound.
 *
 * @param id unique
 * @param content the keys of its kind
 */
public record StepSection(String id, StepContent<?> content) {}
