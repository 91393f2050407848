package io.hone.report;

import io.hone.api.model.ModelCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the page of a training: curves of its epochs, and what its card says of it. The page is
 * one file, which needs no network, no server and no script.
 *
 * <p>The page shows how the training ended, the figures of the best epoch, a chart of losses, a
 * chart of shares, a table with a row for each epoch, the parameters, the layers and the data. It
 * has the style and the security policy of {@link HtmlReport}. Names are escaped. Every figure is
 * on the page as {@code <data value="...">} with the exact number beside the rounded text.
 *
 * <p>The same card and history give the same bytes.
 */
public final class TrainingReport {
  private final Templates templates = new Templates();

  /** Creates a writer, which may be used for any number of pages from any thread. */
  public TrainingReport() {}

  /**
   * Writes the page, replacing the file if it exists.
   *
   * <p>Nothing is written where the page cannot be made.
   *
   * @param card of the finished model, with its {@code training} section
   * @param history figures of each epoch by name, the first epoch first; at least one epoch. A
   *     figure may be missing in some epochs, and a figure may be infinite or NaN
   * @param file to write, in an existing folder
   * @throws IllegalArgumentException if the history is empty
   * @throws IOException if the file cannot be written
   */
  public void write(ModelCard card, List<Map<String, Double>> history, Path file)
      throws IOException {
    Files.writeString(file, render(card, history));
  }

  /** Returns the page as text. */
  String render(ModelCard card, List<Map<String, Double>> history) {
    if (history.isEmpty()) {
      throw new IllegalArgumentException("a training without epochs has no page");
    }
    return templates.render("training.jte", TrainingPage.of(card, history, Templates.style()));
  }
}
