package io.hone.api.geometry;

import io.hone.api.stability.Stability;

/**
 * A value that says which norm a component works in.
 *
 * <p>A parameter of this type is the component's choice of norm: the framework measures the
 * component's sizes in it. {@link Norm} itself is a choice among all norms; a component that knows
 * only some of them declares an enum of its own that implements this interface.
 */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public interface NormChoice {
  /** Returns the norm that is meant. */
  Norm norm();
}
