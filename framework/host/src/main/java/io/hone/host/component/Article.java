package io.hone.host.component;

/** The indefinite article, for messages about things whose nouns are not known beforehand. */
public final class Article {
  private Article() {}

  /** Returns a noun with its article: {@code an improver}, {@code a defense}. */
  public static String with(String noun) {
    return ("aeiou".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }
}
