package io.hone.plugins.datasets.images;

/**
 * What an image file tells before its pixels are decoded.
 *
 * @param height rows
 * @param width columns
 * @param channels 1 for a grey image, 3 for a coloured one
 * @param bytesPerPixel of the decoded image
 * @param inks how four inks become red, green and blue; {@link Inks#NONE} for other images
 * @param alpha whether there is an alpha channel or a transparent colour
 * @param turned whether a tag tells viewers to turn or mirror the image
 */
record ImageHeader(
    int height,
    int width,
    int channels,
    int bytesPerPixel,
    Inks inks,
    boolean alpha,
    boolean turned) {
  /** How a JPEG file holds cyan, magenta, yellow and black. */
  enum Inks {
    /** The file holds light, not inks. */
    NONE,
    /** Four inks, 255 is full ink. */
    CMYK,
    /** Four inks as Adobe writes them: 0 is full ink. */
    INVERTED_CMYK,
    /** Luminance and colour differences instead of cyan, magenta and yellow, as Adobe has them. */
    INVERTED_YCCK
  }

  /** Returns height and width for messages. */
  String size() {
    return height + " x " + width;
  }

  boolean hasSize(ImageHeader other) {
    return height == other.height && width == other.width;
  }
}
