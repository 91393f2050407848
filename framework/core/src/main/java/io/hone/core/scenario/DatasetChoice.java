package io.hone.core.scenario;

import io.hone.api.dataset.DatasetProvider;
import io.hone.core.component.BoundComponent;
import java.util.OptionalLong;

/**
 * A data set and how much of it is used.
 *
 * @param provider that opens it
 * @param take how many of the first images are used; empty for all
 */
public record DatasetChoice(BoundComponent<DatasetProvider<Record>> provider, OptionalLong take) {}
