package io.hone.engine.activation;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationProfile;
import io.hone.engine.record.CheckedFile;
import io.hone.engine.record.ContentSums;
import io.hone.engine.record.DamagedRecordException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Keeps profiles under a key made of everything they depend on, so that the next run need not look
 * at the images again. A file says itself what it is a profile of.
 */
public final class ProfileFiles {
  private static final String ENDING = ".profile";

  private final Path folder;

  /**
   * Keeps profiles in a folder.
   *
   * @param folder made with the first profile that is kept
   */
  public ProfileFiles(Path folder) {
    this.folder = folder;
  }

  /** Returns the file of the profile that depends on this. */
  public Path file(Map<String, Object> of) {
    return folder.resolve(ContentSums.sum(of) + ENDING);
  }

  /**
   * Reads the profile that depends on this, where one is kept.
   *
   * @param empty makes the profile that takes in what was kept
   * @throws BadInputException if the file under its key is a profile of something else
   * @throws DamagedRecordException if the file is not what was written
   */
  public Optional<ActivationProfile> read(Map<String, Object> of, Supplier<ActivationProfile> empty)
      throws IOException {
    Path file = file(of);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    ContentSums wanted = ContentSums.of(of);
    ActivationProfile profile = empty.get();
    ContentSums found =
        CheckedFile.read(
            file,
            input -> {
              ContentSums parts = ContentSums.read(input);
              if (parts.equals(wanted)) {
                profile.read(input);
              } else {
                input.skipNBytes(input.remaining());
              }
              return parts;
            });
    if (!found.equals(wanted)) {
      throw new BadInputException(
          "%s holds the profile of something else: it differs in %s. Delete the file, and the profile is made again"
              .formatted(file, String.join(", ", new TreeSet<>(wanted.differences(found)))));
    }
    return Optional.of(profile);
  }

  /** Keeps a profile; it appears under its name only once it is whole. */
  public void write(Map<String, Object> of, ActivationProfile profile) throws IOException {
    Files.createDirectories(folder);
    CheckedFile.write(
        folder.resolve("part-" + UUID.randomUUID()),
        file(of),
        output -> {
          ContentSums.of(of).write(output);
          profile.write(output);
        });
  }
}
