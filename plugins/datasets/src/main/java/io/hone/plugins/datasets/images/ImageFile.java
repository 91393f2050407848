package io.hone.plugins.datasets.images;

import java.nio.file.Path;

/**
 * One image file of a data set.
 *
 * @param path of the file
 * @param name its path below the data set's folder, with slashes: its place in the order
 * @param label its class or {@code Dataset.NO_LABEL}
 */
record ImageFile(Path path, String name, int label) {}
