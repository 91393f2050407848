package io.hone.scenario;

import io.hone.api.DatasetProvider;
import io.hone.host.component.BoundComponent;

/**
 * A data set and which of its images are used.
 *
 * @param provider that opens it
 * @param selection of its images
 */
public record DatasetChoice(
    BoundComponent<DatasetProvider<Record>> provider, Selection selection) {}
