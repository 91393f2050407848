package io.hone.engine.step;

import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;

/**
 * A model beside the model under test, which a step shows images to.
 *
 * @param withCard whether somebody wrote the card, so that it is no guess
 * @param run to which flags of trust of this model are told
 */
public record OtherModel(ModelCard card, boolean withCard, int classes, Run run) {}
