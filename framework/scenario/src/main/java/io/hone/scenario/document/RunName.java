package io.hone.scenario.document;

import java.util.regex.Pattern;

/** The name of a run: a folder's too. */
public record RunName(String text) {
  /** Safe as a folder's name everywhere, and never one that steps out of its parent. */
  static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
}
