package io.hone.core.scenario;

import io.hone.api.dataset.DatasetProvider;
import io.hone.core.component.BoundComponent;

/**
 * A data set and which of its images are used.
 *
 * @param provider that opens it
 * @param selection of its images
 */
public record DatasetChoice(
    BoundComponent<DatasetProvider<Record>> provider, Selection selection) {}
