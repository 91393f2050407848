package io.hone.plugins.generative;

import io.hone.api.Param;
import io.hone.api.model.ModelReference;

/** Parameters of the attacks by generators. */
public record GeneratorParameters(
    @Param("Generator that returns the adversarial example.") ModelReference model) {}
