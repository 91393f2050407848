package io.hone.engine.step.attack;

import io.hone.api.Param;
import java.nio.file.Path;

/** The files that say which values each feature of an adversarial example may have. */
public record BoundsSection(
    @Param(
            "NumPy file of float32 with the smallest value of each feature: one image for all"
                + " samples, or one per sample of the data set.")
        Path low,
    @Param("NumPy file of float32 with the largest value of each feature, of the same shape.")
        Path high) {}
