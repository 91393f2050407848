package io.hone.report;

import io.hone.engine.results.Gallery;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pictures of one entry: a column for each sample, a line for each entry of the chain that leads to
 * it, and then what changed.
 *
 * @param samples headings of the columns
 * @param lines pictures of one kind
 * @param drawing tells the size of the pictures
 */
record PictureTable(List<Sample> samples, List<Line> lines, Drawing drawing) {
  /**
   * The heading of a column.
   *
   * @param index in the whole data set
   * @param goal the label, and what the attack wants
   */
  record Sample(String index, String goal) {}

  /**
   * A line of the table.
   *
   * @param heading name of the entry, or what is compared
   * @param note what the pictures show
   * @param tone CSS class
   * @param cells one per sample; empty where the sample did not get there
   */
  record Line(String heading, String note, String tone, List<Optional<Drawing.Picture>> cells) {}

  /** Returns the pictures of an entry; no columns where none of the samples got there. */
  static PictureTable of(Entry entry, Drawing drawing) {
    List<Gallery.Row> rows =
        drawing.gallery().rows().stream()
            .filter(row -> row.pictures().containsKey(entry.name()))
            .toList();
    List<Line> lines = new ArrayList<>();
    for (Entry step : entry.chain()) {
      lines.add(
          new Line(
              step.name(),
              step.isClean() ? "" : step.summary().kind(),
              step.tone(),
              rows.stream().map(row -> drawing.picture(row, step.name())).toList()));
    }
    // What the step received and what it emitted: the difference of these two is its doing.
    List<String> compared =
        entry.chain().stream()
            .skip(Math.max(1, entry.chain().size() - 2L))
            .map(Entry::name)
            .toList();
    int scale = drawing.scale(rows, compared);
    for (String name : compared) {
      lines.add(
          new Line(
              name + " \u2212 " + Step.CLEAN,
              "difference, " + Drawing.words(scale),
              "difference",
              rows.stream().map(row -> drawing.map(row, name, scale)).toList()));
    }
    List<Sample> samples =
        rows.stream()
            .map(row -> new Sample(Long.toString(row.sample()), drawing.goal(row)))
            .toList();
    return new PictureTable(samples, lines, drawing);
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  /** Returns what the headings of the columns mean. */
  String goals() {
    boolean targeted = samples.stream().anyMatch(sample -> sample.goal().contains("\u2192"));
    return targeted ? "class \u2192 target" : "class";
  }
}
