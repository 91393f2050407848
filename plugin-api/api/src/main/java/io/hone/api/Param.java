package io.hone.api;

import io.hone.api.stability.Stability;
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
 * distribution), {@code ModelReference}, an enum (written in lower case with hyphens), a nested
 * record, {@link AttackUse} (an attack with its parameters), {@code ClassifierUse} or {@code
 * ImageToImageUse} of {@code io.hone.network} (an architecture with its parameters), and a {@link
 * java.util.List} or {@link java.util.Optional} of these.
 *
 * <p>Parameters that several components share are a record of their own, which each of them {@link
 * #inline() inlines}.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Param {
  /** The word for an optional parameter whose value the component finds itself. */
  String AUTO = "auto";

  /** What {@link #def()} holds where a parameter has no default and must be given. */
  String REQUIRED = "\0required";

  /**
   * The meaning, with unit and shape; empty for an inlined record, whose parameters tell theirs.
   */
  String value() default "";

  /**
   * Whether the parameters of a record are written beside the others, as if each were declared
   * here. {@link #def()} may give them other defaults than their own, such as {@code {steps: 40}}.
   */
  boolean inline() default false;

  /**
   * The default as YAML text, or {@link #REQUIRED}; an optional parameter and a list default to
   * empty. An optional parameter with the default {@link #AUTO} may be given as this word, which is
   * the same as empty.
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
    /**
     * A size in pixel values of [0, 1], which may also be written {@code 8/255} or {@code 8px}.
     *
     * <p>A feature moves by 1 at most, so a larger size is refused. Where the component has a
     * {@link io.hone.api.geometry.NormChoice} and the norm is L2 or L1, the limit is the largest
     * distance that two images of the scenario's shape can have. A {@code float} is bound to the
     * nearest value whose shortest decimal does not exceed what is written.
     */
    PIXEL,
    /**
     * The radius of the ball around the clean image that no emitted image leaves: a {@link #PIXEL}
     * size in the component's norm, which is its {@link io.hone.api.geometry.NormChoice} or the
     * only norm of its {@code AttackProfile}. The contract test holds an attack to it. Declare it
     * as {@code double}, which holds what is written exactly enough, and bring images back with
     * {@link io.hone.api.geometry.Ball#project}.
     */
    RADIUS;

    /** Returns whether a number may also be written {@code 8/255} or {@code 8px}. */
    public boolean isPixelSize() {
      return this != NONE;
    }
  }
}
