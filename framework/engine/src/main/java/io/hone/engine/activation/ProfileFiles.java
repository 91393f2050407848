package io.hone.engine.activation;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.data.Sha256;
import io.hone.engine.record.CheckedFile;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.record.RecordInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps profiles under a key made of everything they depend on, so that the next run need not look
 * at the images again. A file says itself what it is a profile of.
 */
public final class ProfileFiles {
  private static final String ENDING = ".profile";

  /** A name and a check sum take more bytes than this. */
  private static final int LEAST_BYTES = 4;

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
    return folder.resolve(sum(of) + ENDING);
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
    Map<String, String> wanted = parts(of);
    ActivationProfile profile = empty.get();
    Map<String, String> found =
        CheckedFile.read(
            file,
            input -> {
              Map<String, String> parts = readParts(input);
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
              .formatted(file, String.join(", ", differences(found, wanted))));
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
          Map<String, String> parts = parts(of);
          output.writeInt(parts.size());
          for (Map.Entry<String, String> part : parts.entrySet()) {
            output.writeUTF(part.getKey());
            output.writeUTF(part.getValue());
          }
          profile.write(output);
        });
  }

  private static Map<String, String> readParts(RecordInput input) throws IOException {
    Map<String, String> parts = new TreeMap<>();
    int count = input.readCount(LEAST_BYTES);
    for (int part = 0; part < count; part++) {
      parts.put(input.readUTF(), input.readUTF());
    }
    return parts;
  }

  private static Set<String> differences(Map<String, String> one, Map<String, String> other) {
    Set<String> names = new TreeSet<>(one.keySet());
    names.addAll(other.keySet());
    names.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
    return names;
  }

  private static Map<String, String> parts(Map<String, Object> of) {
    Map<String, String> parts = new TreeMap<>();
    of.forEach((name, value) -> parts.put(name, sum(value)));
    return parts;
  }

  private static String sum(Object value) {
    return Sha256.of(JsonMapper.shared().writeValueAsString(value));
  }
}
