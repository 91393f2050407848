package io.hone.scenario.document;

import io.hone.api.Param;
import java.util.List;
import java.util.Optional;

/** The keys of {@code check}, where it is more than true or false. */
record CheckSection(
    @Param(
            value = "How many correctly classified samples the checks look at, the first ones.",
            def = "50",
            min = 1,
            max = 1_000_000)
        int samples,
    @Param(value = "Checks that are not made.", def = "[]") List<CheckName> skip,
    @Param(value = "Checks that are made; default: all.", def = "[]") List<CheckName> only,
    @Param(
            "A model like the one under test, but without its defense: what fools it is shown to"
                + " the model under test.")
        Optional<ModelSection> twin) {}
