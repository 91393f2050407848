package io.hone.host.component;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The spelling of names that users write: lower case words joined by hyphens. */
public final class KebabCase {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  private static final Pattern MEMBER = Pattern.compile("[a-z][a-z0-9]*([A-Z][a-z0-9]+)*");
  private static final Pattern CONSTANT = Pattern.compile("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*");
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private KebabCase() {}

  /** Returns whether a name is spelled this way, such as {@code next-best}. */
  public static boolean matches(String name) {
    return NAME.matcher(name).matches();
  }

  /** Returns the spelling of a Java member: {@code maxSteps} becomes {@code max-steps}. */
  public static Optional<String> ofMember(String member) {
    if (!MEMBER.matcher(member).matches()) {
      return Optional.empty();
    }
    String separated = CAPITAL.matcher(member).replaceAll(match -> "-" + match.group());
    return Optional.of(separated.toLowerCase(Locale.ROOT));
  }

  /** Returns the spelling of an enum constant: {@code NEXT_BEST} becomes {@code next-best}. */
  public static Optional<String> ofConstant(Enum<?> constant) {
    if (!CONSTANT.matcher(constant.name()).matches()) {
      return Optional.empty();
    }
    return Optional.of(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  /** Returns the spelling of an enum constant, or its own name where that has no such spelling. */
  public static String wordOf(Enum<?> constant) {
    return ofConstant(constant).orElseGet(constant::name);
  }
}
