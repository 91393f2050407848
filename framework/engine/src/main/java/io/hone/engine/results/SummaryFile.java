package io.hone.engine.results;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes {@code summary.json}. */
public final class SummaryFile {
  /** The file's name in a result folder. */
  public static final String NAME = "summary.json";

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private SummaryFile() {}

  /** Writes a summary into a folder, replacing an older one in one step. */
  public static void write(Summary summary, Path folder) throws IOException {
    Path part = folder.resolve(NAME + ".part");
    Files.writeString(part, MAPPER.writeValueAsString(summary) + "\n");
    Files.move(part, folder.resolve(NAME), StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads the summary in a folder.
   *
   * @throws BadInputException if there is none, or it is not one
   */
  public static Summary read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          folder + " holds no " + NAME + "; name a folder that hone run has written");
    }
    try {
      return MAPPER.readValue(file, Summary.class);
    } catch (JacksonException e) {
      throw new BadInputException(file + ": not a summary: " + e.getOriginalMessage(), e);
    }
  }
}
