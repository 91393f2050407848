package io.hone.api;

import io.hone.api.geometry.Norm;
import io.hone.api.stability.Stability;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a tester who chooses an {@link Attack} wants to know beside its parameters; listings and
 * documentation show it.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface AttackProfile {
  /** Norms whose distance the attack keeps within a radius, or makes small; none for L0. */
  Norm[] norms() default {};

  /** Whether it makes the number of changed features or pixels small. */
  boolean sparse() default false;

  /**
   * Whether it keeps to bounds of single features, {@code Batch.bounds(row)}; a step that gives
   * bounds refuses other attacks.
   */
  boolean bounds() default false;

  /** The goals it can pursue. */
  Goal[] goals() default {Goal.UNTARGETED, Goal.TARGETED};

  /** The step or objective as a formula in plain text, {@code x'} being the adversarial example. */
  String formula();

  /** Queries per sample, by parameter names, such as {@code steps gradients}. */
  String cost();

  /** A goal that an attack can pursue. */
  enum Goal {
    /** Any class other than the label. */
    UNTARGETED,
    /** A class of one's choice. */
    TARGETED
  }
}
