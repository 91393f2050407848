package io.hone.plugins.datasets.images;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The kinds of image file that can be read: those that every JDK decodes. */
enum ImageFormat {
  PNG(List.of(".png"), List.of("\u0089PNG\r\n\u001a\n")),
  JPEG(List.of(".jpg", ".jpeg"), List.of("\u00ff\u00d8")),
  GIF(List.of(".gif"), List.of("GIF87a", "GIF89a")),
  BMP(List.of(".bmp", ".dib"), List.of("BM")),
  TIFF(List.of(".tif", ".tiff"), List.of("II*\0", "MM\0*"));

  private final List<String> endings;
  private final List<byte[]> signatures;

  ImageFormat(List<String> endings, List<String> signatures) {
    this.endings = endings;
    this.signatures =
        signatures.stream().map(text -> text.getBytes(StandardCharsets.ISO_8859_1)).toList();
  }

  /** Returns whether a file's name says that it is an image that can be read. */
  static boolean isReadable(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .flatMap(format -> format.endings.stream())
        .anyMatch(name::endsWith);
  }

  /** Returns the endings of names, for messages. */
  static String allEndings() {
    return String.join(
        ", ", Arrays.stream(values()).flatMap(format -> format.endings.stream()).toList());
  }

  /** Returns the kind that a file's first bytes tell, whatever its name. */
  static Optional<ImageFormat> of(byte[] content) {
    return Arrays.stream(values())
        .filter(
            format ->
                format.signatures.stream().anyMatch(signature -> startsWith(content, signature)))
        .findFirst();
  }

  private static boolean startsWith(byte[] content, byte[] signature) {
    return content.length >= signature.length
        && Arrays.equals(content, 0, signature.length, signature, 0, signature.length);
  }
}
