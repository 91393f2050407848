package io.hone.scenario.document;

import io.hone.api.Attack;
import io.hone.api.Param;
import io.hone.host.component.BoundComponent;
import java.util.Optional;

/**
 * What may be written beside a trainer's {@code use} and {@code with}, where the trainer takes it.
 */
record TrainSection(
    @Param("What computes the training steps; default: the trainer's usual engine.")
        Optional<String> engine,
    @Param("Where the steps are computed, such as cpu or cuda; default: the engine's usual device.")
        Optional<String> device,
    @Param(
            value =
                "Parts that a batch is cut into, one thread each; other numbers give other weights."
                    + " Default: the trainer's usual number.",
            min = 1,
            max = 1024)
        Optional<Integer> shards,
    @Param("A model whose weights are trained; default: a new network.")
        Optional<StartSection> model,
    @Param(
            "Which weights of the model are trained: names, names with *, or last for the layer of"
                + " the logits; default: all.")
        Optional<OneOrMore<String>> only,
    @Param("An attack on the network in training; default: the trainer's usual attack.")
        Optional<BoundComponent<Attack<Record>>> attack) {}
