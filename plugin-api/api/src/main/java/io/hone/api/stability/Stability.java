package io.hone.api.stability;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells how far a program or a plugin can rely on a public type. A nested type has the mark of the
 * type around it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public @interface Stability {
  /** Returns what is promised. */
  Status value();

  /** Returns the version that brought the type, such as {@code 0.1.0}. */
  String since();

  /** What Hone promises of a type. */
  enum Status {
    /** Code that uses the type compiles and runs until the next major version. */
    STABLE,
    /** The type is meant for others and may still change in a minor version. */
    INCUBATING,
    /** The type is public for Hone's own modules and may change in any version. */
    INTERNAL
  }
}
