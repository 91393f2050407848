package io.hone.plugins.datasets.download;

import java.io.IOException;
import java.nio.file.Path;

/** Makes of an archive what a data set needs. */
@FunctionalInterface
public interface Unpacking {
  /** Unpacks an archive, a whole one if it was downloaded. */
  void unpack(Path archive) throws IOException;
}
