package io.hone.api.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one parameter of a component: meaning, default and range in one declaration.
 *
 * <p>Parameters may be {@code int}, {@code long}, {@code float}, {@code double}, {@code boolean},
 * {@link String}, {@link java.nio.file.Path} (resolved against the scenario's folder, then the
 * distribution), {@code ModelReference}, an enum (written in lower case with hyphens), a {@link
 * java.util.List} or {@link java.util.Optional} of these, or a nested record.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  /** What {@link #def()} holds where a parameter has no default and must be given. */
  String REQUIRED = "\0required";

  /** The meaning, with unit and shape. */
  String value();

  /**
   * The default as YAML text, or {@link #REQUIRED}; an optional parameter and a list default to
   * empty.
   */
  String def() default REQUIRED;

  /** The smallest value allowed, inclusive. */
  double min() default Double.NEGATIVE_INFINITY;

  /** The largest value allowed, inclusive. */
  double max() default Double.POSITIVE_INFINITY;

  /** How a number may be written. */
  Unit unit() default Unit.NONE;

  /** How a number may be written in YAML. */
  enum Unit {
    /** A plain number. */
    NONE,
    /** A size in pixel values of [0, 1], which may also be written {@code 8/255} or {@code 8px}. */
    PIXEL
  }
}
