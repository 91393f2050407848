package io.hone.scenario.document;

/**
 * The id of a self-check, as a scenario names it.
 *
 * @param id one of those that are installed
 */
public record CheckName(String id) {}
