package io.hone.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The templates of all pages, and the style that the pages share. */
final class Templates {
  private static final String STYLE = "report.css";
  private static final int USUAL_LENGTH = 1 << 18;

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          Templates.class.getClassLoader(),
          Templates.class.getPackageName());

  /** Returns a page as text. */
  String render(String template, Object page) {
    StringOutput text = new StringOutput(USUAL_LENGTH);
    engine.render(template, page, text);
    return text.toString();
  }

  /** Returns the style sheet. */
  static String style() {
    try (InputStream style = Templates.class.getResourceAsStream(STYLE)) {
      return new String(style.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the report's own style cannot be read", e);
    }
  }
}
