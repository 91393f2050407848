package io.hone.api.model;

import io.hone.api.stability.Stability;
import java.nio.file.Path;

/**
 * Where a model is: a folder with a card, or a bare model file.
 *
 * @param path absolute; the framework resolved it and checked that it exists
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public record ModelReference(Path path) {}
