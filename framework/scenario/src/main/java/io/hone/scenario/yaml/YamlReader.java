package io.hone.scenario.yaml;

import io.hone.api.BadInputException;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.ScenarioException;
import io.hone.scenario.diagnostics.SourceText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads YAML as a tree. */
public final class YamlReader {
  private static final long LARGEST_FILE = 1 << 20;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private YamlReader() {}

  /**
   * Reads a file of one document.
   *
   * @throws BadInputException if the file cannot be read; a {@link ScenarioException} with the
   *     place if it is not UTF-8, not YAML, empty, or holds what scenarios do without: several
   *     documents, duplicate keys, cyclic or too many aliases, merge keys, tags
   */
  public static YamlNode read(Path file) {
    return parse(SourceText.ofFile(file.toString(), text(file)));
  }

  /**
   * Reads a text of one document.
   *
   * @throws ScenarioException as {@link #read} says
   */
  public static YamlNode parse(SourceText source) {
    return parse(source, source.text());
  }

  /**
   * Reads a text of one document whose places are told as places in another text.
   *
   * @throws ScenarioException as {@link #read} says
   */
  public static YamlNode parse(SourceText source, String text) {
    return new TreeComposer(source, text).compose();
  }

  private static String text(Path file) {
    byte[] bytes;
    try {
      if (Files.isDirectory(file)) {
        throw new BadInputException(file + ": is a folder; name a YAML file");
      }
      if (Files.exists(file) && Files.size(file) > LARGEST_FILE) {
        throw new BadInputException(
            file + ": is larger than 1 MiB, which no scenario or card is; name a YAML file");
      }
      bytes = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new BadInputException(
          file + ": " + (Files.exists(file) ? "cannot be read" : "there is no such file"), e);
    }
    return decode(file, bytes);
  }

  private static String decode(Path file, byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CharBuffer output = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(input, output, true);
    String text = output.flip().toString();
    if (result.isError()) {
      SourceText source = SourceText.ofFile(file.toString(), text);
      String before = text.substring(text.lastIndexOf('\n') + 1);
      Diagnostics diagnostics = new Diagnostics();
      diagnostics.add(
          source.at(
              1 + (int) text.chars().filter(character -> character == '\n').count(),
              1 + before.codePointCount(0, before.length())),
          "the byte 0x%02X is not UTF-8".formatted(bytes[input.position()]),
          "save the file as UTF-8");
      diagnostics.throwIfAny();
    }
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }
}
