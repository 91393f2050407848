package io.hone.report;

import io.hone.engine.results.Gallery;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws the pictures of a gallery, and what distinguishes them from the clean ones. */
final class Drawing {
  private static final int ENLARGED_BELOW = 80;

  private final Gallery gallery;
  private final Blocks blocks;

  /**
   * A picture as the page shows it.
   *
   * @param source data URI
   * @param alternative the picture in words
   * @param mark before the caption, may be empty
   * @param caption predicted class, or number of features
   * @param tone CSS class of the caption
   */
  record Picture(String source, String alternative, String mark, String caption, String tone) {}

  /** Draws pictures of this gallery. */
  Drawing(Gallery gallery) {
    this.gallery = gallery;
    this.blocks = Blocks.of(gallery.shape());
  }

  Gallery gallery() {
    return gallery;
  }

  int width() {
    return blocks.width();
  }

  int height() {
    return blocks.height();
  }

  /**
   * Returns the CSS class of the pictures: small ones are enlarged so that pixels can be told
   * apart.
   */
  String size() {
    return blocks.width() < ENLARGED_BELOW ? "enlarged" : "natural";
  }

  /** Returns how the pictures are reduced, or nothing if they are not. */
  String reduced() {
    return blocks.side() == 1
        ? ""
        : "Large images are reduced: a pixel shown is the mean of %d \u00d7 %d pixels, in differences the largest change among them."
            .formatted(blocks.side(), blocks.side());
  }

  /** Returns the class of a sample and what the attack wants. */
  String goal(Gallery.Row sample) {
    String label = name(sample.label());
    return sample.target() < 0 ? label : label + " \u2192 " + name(sample.target());
  }

  /** Returns a sample's picture after an entry, if it got there. */
  Optional<Picture> picture(Gallery.Row sample, String entry) {
    return Optional.ofNullable(sample.pictures().get(entry))
        .map(picture -> draw(sample, entry, picture));
  }

  /**
   * Returns a picture with a caption of its own.
   *
   * @param alternative the picture in words
   */
  Picture picture(float[] pixels, String alternative, String caption) {
    String source = PngEncoder.dataUri(Bitmap.of(pixels, blocks));
    return new Picture(source, alternative, "", caption, "count");
  }

  /**
   * Returns the map of what an entry changed.
   *
   * @param scale the change, in grey values, that is drawn in full colour
   */
  Optional<Picture> map(Gallery.Row sample, String entry, int scale) {
    return difference(sample, entry).map(change -> draw(sample, entry, change, scale));
  }

  /**
   * Returns the largest change, in grey values, that any of the entries made of any of the samples:
   * the scale that lets their maps be compared.
   */
  int scale(List<Gallery.Row> samples, List<String> entries) {
    return samples.stream()
        .flatMap(sample -> entries.stream().map(entry -> difference(sample, entry)))
        .flatMap(Optional::stream)
        .mapToInt(Difference::largest)
        .max()
        .orElse(0);
  }

  /** Returns a scale in words. */
  static String words(int scale) {
    return String.format(Locale.ROOT, "full colour at \u00b1%.2f", scale / 255.0);
  }

  private Optional<Difference> difference(Gallery.Row sample, String entry) {
    // The clean image comes first, whatever its name is.
    Gallery.Picture clean = sample.pictures().values().stream().findFirst().orElse(null);
    Gallery.Picture changed = sample.pictures().get(entry);
    return clean == null || changed == null
        ? Optional.empty()
        : Optional.of(Difference.between(clean.pixels(), changed.pixels(), gallery.shape()));
  }

  private Picture draw(Gallery.Row sample, String entry, Gallery.Picture picture) {
    PredictionMark verdict = PredictionMark.of(sample, picture);
    String predicted = picture.predicted() < 0 ? "none" : name(picture.predicted());
    String alternative =
        "Sample %d, class %s, %s: predicted %s, %s"
            .formatted(sample.sample(), name(sample.label()), entry, predicted, verdict.words());
    String source = PngEncoder.dataUri(Bitmap.of(picture.pixels(), blocks));
    return new Picture(source, alternative, verdict.mark(), predicted, verdict.tone());
  }

  private Picture draw(Gallery.Row sample, String entry, Difference change, int scale) {
    String alternative =
        String.format(
            Locale.ROOT,
            "Sample %d: %s differs from clean in %s, by at most %.2f",
            sample.sample(),
            entry,
            Words.count(change.features(), "feature", "features"),
            change.largest() / 255.0);
    String source = PngEncoder.dataUri(change.map(Math.max(1, scale)));
    return new Picture(source, alternative, "", Words.count(change.features()), "count");
  }

  /** Returns the name of a class; its number where it has none. */
  String name(int index) {
    return index >= 0 && index < gallery.classNames().size()
        ? gallery.classNames().get(index)
        : Integer.toString(index);
  }
}
