package io.hone.plugins.datasets.mnist;

import io.hone.plugins.datasets.download.RemoteFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The four files of MNIST.
 *
 * <p>The sizes and hashes are those of the content: mirrors and packages compress it differently.
 */
enum MnistFile {
  TRAIN_IMAGES(
      "train-images",
      "idx3-ubyte",
      47_040_016,
      "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
  TRAIN_LABELS(
      "train-labels",
      "idx1-ubyte",
      60_008,
      "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
  TEST_IMAGES(
      "t10k-images",
      "idx3-ubyte",
      7_840_016,
      "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
  TEST_LABELS(
      "t10k-labels",
      "idx1-ubyte",
      10_008,
      "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private final String stem;
  private final String format;
  private final long contentBytes;
  private final String contentHash;

  MnistFile(String stem, String format, long contentBytes, String contentHash) {
    this.stem = stem;
    this.format = format;
    this.contentBytes = contentBytes;
    this.contentHash = contentHash;
  }

  /** Returns the name that mirrors give the file. */
  String compressedName() {
    return stem + "-" + format + ".gz";
  }

  /** Returns the file in a folder, compressed or not, under either of its common names. */
  Optional<Path> find(Path folder) {
    return Stream.of("-", ".")
        .flatMap(separator -> Stream.of("", ".gz").map(end -> stem + separator + format + end))
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst();
  }

  /** Returns what a download must turn out to hold. */
  RemoteFile content() {
    return new RemoteFile(
        compressedName(), RemoteFile.Form.UNCOMPRESSED, contentBytes, contentHash);
  }

  /** Returns whether an array is this very file of MNIST, rather than one that looks like it. */
  boolean isOriginal(IdxArray array) {
    return array.contentHash().equals(contentHash);
  }

  /** Returns what every file of a split is called, for messages. */
  static String names(List<MnistFile> files) {
    return String.join(" and ", files.stream().map(MnistFile::compressedName).toList());
  }
}
