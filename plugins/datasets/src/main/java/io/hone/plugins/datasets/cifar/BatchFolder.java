package io.hone.plugins.datasets.cifar;

import io.hone.api.BadInputException;
import io.hone.api.run.Run;
import io.hone.plugins.datasets.download.Download;
import io.hone.plugins.datasets.download.Mirrors;
import io.hone.plugins.datasets.download.Patience;
import io.hone.plugins.datasets.download.RemoteFile;
import io.hone.plugins.datasets.download.TarArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The folder of CIFAR-10's batches, which is filled from the web where it is missing. */
final class BatchFolder {
  static final String DEFAULT_NAME = "cifar-10-batches-bin";

  private static final RemoteFile ARCHIVE =
      new RemoteFile(
          "cifar-10-binary.tar.gz",
          RemoteFile.Form.AS_SENT,
          170_052_171,
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd");

  /** What is taken out of the archive. */
  private static final List<String> NAMES =
      Stream.concat(
              Stream.of("batches.meta.txt"),
              Arrays.stream(Split.values()).flatMap(split -> split.files().stream()))
          .toList();

  private final Path folder;
  private final Mirrors mirrors;
  private final Run run;

  BatchFolder(Path folder, Mirrors mirrors, Run run) {
    this.folder = folder;
    this.mirrors = mirrors;
    this.run = run;
  }

  /**
   * Returns the batches of a split.
   *
   * @throws BadInputException if some are missing, or all of them and no mirror has them
   */
  List<BatchFile> files(Split split) {
    if (present().isEmpty()) {
      download(split);
    }
    List<String> missing =
        split.files().stream().filter(name -> !Files.exists(folder.resolve(name))).toList();
    if (!missing.isEmpty()) {
      // Completing it from the web could mix the batches of two versions.
      throw new BadInputException(
          "data set cifar10: "
              + folder
              + " lacks "
              + String.join(", ", missing)
              + "; put them there, or move its other batches away to have all of them downloaded");
    }
    return split.files().stream().map(name -> new BatchFile(folder.resolve(name))).toList();
  }

  private List<String> present() {
    return Arrays.stream(Split.values())
        .flatMap(split -> split.files().stream())
        .filter(name -> Files.exists(folder.resolve(name)))
        .toList();
  }

  private void download(Split split) {
    Path parent = folder.toAbsolutePath().getParent();
    String next =
        "put "
            + String.join(", ", split.files())
            + " into "
            + folder
            + ", or "
            + ARCHIVE.name()
            + " into "
            + parent
            + ", or name another folder as `folder`";
    new Download(parent, mirrors, Patience.USUAL, run)
        .fetchUnpacked(ARCHIVE, folder.resolve(Split.TEST.files().get(0)), this::unpack, next);
  }

  /** Files get their names once all of them are whole. */
  private void unpack(Path archive) throws IOException {
    Path fresh = Files.createDirectories(folder.resolve(".unpacking"));
    new TarArchive(archive).extract(NAMES, fresh, run::checkCancelled);
    for (String name : NAMES) {
      Files.move(fresh.resolve(name), folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.delete(fresh);
  }
}
