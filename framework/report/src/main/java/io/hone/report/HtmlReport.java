package io.hone.report;

import io.hone.engine.results.Gallery;
import io.hone.engine.results.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes {@code report.html}: what a run found, as one page that needs no network, no server and no
 * script.
 *
 * <p>The page shows how the run ended, what was expected of it, an overview of all entries, charts,
 * and for every entry its figures, the samples it skipped, and pictures with their differences from
 * the clean images. Style and pictures are part of the file, and a content security policy in it
 * forbids everything else, so that a hostile name in a scenario, a plugin or a data set can neither
 * run nor load anything. Names and messages are escaped.
 *
 * <p>Every figure is on the page as {@code <data value="...">} with the number exactly as in {@code
 * summary.json} beside the rounded text.
 *
 * <p>The same summary and gallery give the same bytes.
 */
public final class HtmlReport {
  private final Templates templates = new Templates();

  /** Creates a writer, which may be used for any number of reports from any thread. */
  public HtmlReport() {}

  /**
   * Writes the report of a run, replacing the file if it exists.
   *
   * <p>Nothing is written where the page cannot be made.
   *
   * @param summary of a run that may have failed or been cancelled: whatever figures it has are
   *     shown
   * @param gallery pictures of a few samples; its rows may be empty
   * @param file to write, in an existing folder
   * @throws IOException if the file cannot be written
   */
  public void write(Summary summary, Gallery gallery, Path file) throws IOException {
    Files.writeString(file, render(summary, gallery));
  }

  /** Returns the page as text. */
  String render(Summary summary, Gallery gallery) {
    return templates.render("report.jte", ReportPage.of(summary, gallery, Templates.style()));
  }
}
