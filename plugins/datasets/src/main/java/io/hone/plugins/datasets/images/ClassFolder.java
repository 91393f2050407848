package io.hone.plugins.datasets.images;

import java.nio.file.Path;

/**
 * A folder that means a class.
 *
 * @param path of the folder
 * @param name its name in Unicode's composed form, so that equal names are equal texts
 * @param images how many images it holds, at any depth
 */
record ClassFolder(Path path, String name, int images) {
  boolean isEmpty() {
    return images == 0;
  }
}
