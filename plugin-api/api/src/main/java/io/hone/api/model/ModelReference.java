package io.hone.api.model;

import java.nio.file.Path;

/**
 * Where a model is: a folder with a card, or a bare model file.
 *
 * @param path absolute; the framework resolved it and checked that it exists
 */
public record ModelReference(Path path) {}
