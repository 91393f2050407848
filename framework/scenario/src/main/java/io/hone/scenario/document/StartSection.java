package io.hone.scenario.document;

import io.hone.api.Param;
import io.hone.api.model.ModelReference;
import io.hone.api.train.StartingModel;

/** The keys of the model that a training starts from, as written. */
record StartSection(
    @Param("A folder with model.yaml, or a model file.") ModelReference card,
    @Param(
            value = "Whether the training starts from the weights in the file or from new ones.",
            def = "kept")
        StartingModel.Weights weights) {}
