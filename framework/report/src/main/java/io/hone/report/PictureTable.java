package io.hone.report;

import io.hone.core.results.Gallery;
import io.hone.core.results.StepSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Pictures of one entry: a column for each sample, a line for each entry of the chain that leads to
 * it, and then what changed.
 *
 * @param samples headings of the columns
 * @param lines pictures of one kind
 * @param targeted whether the attack wants a certain class
 * @param blocks how large the pictures are
 */
record PictureTable(List<Sample> samples, List<Line> lines, boolean targeted, Blocks blocks) {
  private static final int ENLARGED_BELOW = 80;

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
  record Line(String heading, String note, String tone, List<Optional<Cell>> cells) {}

  /**
   * A picture.
   *
   * @param source data URI
   * @param alternative the picture in words
   * @param mark before the caption, may be empty
   * @param caption predicted class, or number of features
   * @param tone CSS class of the caption
   */
  record Cell(String source, String alternative, String mark, String caption, String tone) {}

  /** Returns the pictures of an entry; no columns where none of the samples got there. */
  static PictureTable of(Entry entry, Gallery gallery) {
    return new Builder(entry, gallery).build();
  }

  /** Returns how the pictures are reduced, or nothing if they are not. */
  String reduced() {
    return blocks.side() == 1
        ? ""
        : "Large images are reduced: a pixel shown is the mean of "
            + blocks.side()
            + " x "
            + blocks.side()
            + " pixels, in differences the largest change among them.";
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  /** Returns what the headings of the columns mean. */
  String goals() {
    return targeted ? "class \u2192 target" : "class";
  }

  /**
   * Returns the CSS class of the pictures: small ones are enlarged so that pixels can be told
   * apart.
   */
  String size() {
    return blocks.width() < ENLARGED_BELOW ? "enlarged" : "natural";
  }

  private static final class Builder {
    private final Entry entry;
    private final Gallery gallery;
    private final List<Gallery.Row> rows;
    private final List<Line> lines = new ArrayList<>();

    private Builder(Entry entry, Gallery gallery) {
      this.entry = entry;
      this.gallery = gallery;
      this.rows =
          gallery.rows().stream().filter(row -> row.pictures().containsKey(entry.name())).toList();
    }

    private PictureTable build() {
      List<Sample> samples =
          rows.stream().map(row -> new Sample(Long.toString(row.sample()), goal(row))).toList();
      for (StepSummary step : entry.chain()) {
        List<Optional<Cell>> cells = rows.stream().map(row -> picture(row, step)).toList();
        lines.add(
            new Line(
                step.name(),
                step.name().equals(step.kind()) ? "" : step.kind(),
                Entry.tone(step.kind()),
                cells));
      }
      List<StepSummary> compared =
          entry.chain().stream().skip(Math.max(1, entry.chain().size() - 2L)).toList();
      int scale = compared.stream().mapToInt(this::largest).max().orElse(0);
      for (StepSummary step : compared) {
        lines.add(difference(step, scale));
      }
      return new PictureTable(
          samples,
          lines,
          rows.stream().anyMatch(row -> row.target() >= 0),
          Blocks.of(gallery.shape()));
    }

    private String goal(Gallery.Row row) {
      return row.target() < 0
          ? name(row.label())
          : name(row.label()) + " \u2192 " + name(row.target());
    }

    private String name(int index) {
      return index >= 0 && index < gallery.classNames().size()
          ? gallery.classNames().get(index)
          : Integer.toString(index);
    }

    private Optional<Cell> picture(Gallery.Row row, StepSummary step) {
      return Optional.ofNullable(row.pictures().get(step.name()))
          .map(
              picture -> {
                Verdict verdict = Verdict.of(row, picture);
                String predicted = picture.predicted() < 0 ? "none" : name(picture.predicted());
                String alternative =
                    "Sample %d, class %s, %s: predicted %s, %s"
                        .formatted(
                            row.sample(),
                            name(row.label()),
                            step.name(),
                            predicted,
                            verdict.words());
                return new Cell(
                    PngEncoder.dataUri(Bitmap.of(picture.pixels(), Blocks.of(gallery.shape()))),
                    alternative,
                    verdict.mark(),
                    predicted,
                    verdict.tone());
              });
    }

    private int largest(StepSummary step) {
      return rows.stream()
          .flatMap(row -> difference(row, step).stream())
          .mapToInt(Difference::largest)
          .max()
          .orElse(0);
    }

    private Line difference(StepSummary step, int scale) {
      List<Optional<Cell>> cells =
          rows.stream()
              .map(row -> difference(row, step).map(change -> cell(row, step, change, scale)))
              .toList();
      String note =
          String.format(Locale.ROOT, "difference, full colour at \u00b1%.2f", scale / 255.0);
      return new Line(step.name() + " \u2212 " + Entry.CLEAN, note, "difference", cells);
    }

    private Optional<Difference> difference(Gallery.Row row, StepSummary step) {
      Gallery.Picture clean = row.pictures().get(Entry.CLEAN);
      Gallery.Picture changed = row.pictures().get(step.name());
      return clean == null || changed == null
          ? Optional.empty()
          : Optional.of(Difference.between(clean.pixels(), changed.pixels(), gallery.shape()));
    }

    private Cell cell(Gallery.Row row, StepSummary step, Difference change, int scale) {
      String features = Words.count(change.features(), "feature", "features");
      String alternative =
          String.format(
              Locale.ROOT,
              "Sample %d: %s differs from clean in %s, by at most %.2f",
              row.sample(),
              step.name(),
              features,
              change.largest() / 255.0);
      return new Cell(
          PngEncoder.dataUri(change.map(Math.max(1, scale))),
          alternative,
          "",
          Words.count(change.features()),
          "count");
    }
  }
}
