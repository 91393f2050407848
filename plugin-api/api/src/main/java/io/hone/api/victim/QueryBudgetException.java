package io.hone.api.victim;

import io.hone.api.stability.Stability;

/** A plugin queried a sample whose budget was spent. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public final class QueryBudgetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception for a sample and its budget. */
  public QueryBudgetException(long sample, long budget) {
    super("sample " + sample + " has no queries left of its " + budget);
  }
}
