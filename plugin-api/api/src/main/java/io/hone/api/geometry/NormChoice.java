package io.hone.api.geometry;

/**
 * A value that says which norm a component works in.
 *
 * <p>A parameter of this type is the component's choice of norm: the framework measures the
 * component's sizes in it. {@link Norm} itself is a choice among all norms; a component that knows
 * only some of them declares an enum of its own that implements this interface.
 */
public interface NormChoice {
  /** Returns the norm that is meant. */
  Norm norm();
}
