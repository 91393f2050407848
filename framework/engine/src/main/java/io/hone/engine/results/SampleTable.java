package io.hone.engine.results;

import io.hone.api.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** The format of {@code samples.csv}: a header and one line per sample and step. */
public final class SampleTable {
  /** The file's name in a result folder. */
  public static final String NAME = "samples.csv";

  private static final CsvMapper MAPPER = new CsvMapper();
  private static final CsvSchema SCHEMA =
      MAPPER.schemaFor(SampleRow.class).withLineSeparator("\n").withoutHeader();
  private static final ObjectWriter WRITER = MAPPER.writer(SCHEMA);

  private static final ObjectReader READER =
      CsvMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build()
          .readerFor(SampleOutcome.class)
          .with(CsvSchema.emptySchema().withHeader());

  private SampleTable() {}

  /** Returns the header line, with its line end. */
  public static String header() {
    StringBuilder header = new StringBuilder();
    SCHEMA.forEach(column -> header.append(header.isEmpty() ? "" : ",").append(column.getName()));
    return header.append('\n').toString();
  }

  /** Returns a row's line, with its line end. */
  public static String line(SampleRow row) {
    return WRITER.writeValueAsString(row);
  }

  /**
   * Reads the rows of a result folder, one after the other.
   *
   * @throws BadInputException if the folder holds no table, or a row is none
   */
  public static void read(Path folder, Consumer<SampleOutcome> rows) {
    Path file = folder.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(
          folder + " holds no " + NAME + "; name a folder that hone run has written");
    }
    try (MappingIterator<SampleOutcome> table = READER.readValues(file.toFile())) {
      table.forEachRemaining(rows);
    } catch (JacksonException e) {
      throw new BadInputException(file + ": not a table of samples: " + e.getOriginalMessage(), e);
    }
  }
}
