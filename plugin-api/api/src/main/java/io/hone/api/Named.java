package io.hone.api;

import io.hone.api.stability.Stability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names and describes a {@link Component}: the source of its descriptor. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Named {
  /** The id that scenarios use: lower case words joined by hyphens, unique within its kind. */
  String id();

  /** One sentence that says what the component does. */
  String summary();

  /** Where the method comes from: author and year, equation or algorithm. */
  String references() default "";

  /**
   * Parameters as a YAML flow mapping that the contract test runs, for example {@code {epsilon:
   * 0.1}}.
   */
  String example() default "{}";

  /**
   * Names of the figures that the component records with {@link io.hone.api.run.Run#figure(long,
   * String, double)}, so that a scenario may expect something of them: {@code kept_at_threshold}.
   */
  String[] figures() default {};
}
