package io.hone.engine.results;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.dataformat.csv.CsvMapper;
import tools.jackson.dataformat.csv.CsvSchema;

/** The format of {@code samples.csv}: a header and one line per sample and step. */
public final class SampleTable {
  private static final CsvMapper MAPPER = new CsvMapper();
  private static final CsvSchema SCHEMA =
      MAPPER.schemaFor(SampleRow.class).withLineSeparator("\n").withoutHeader();
  private static final ObjectWriter WRITER = MAPPER.writer(SCHEMA);

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
}
