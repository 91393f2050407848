package io.hone.scenario.document;

/**
 * A flag of trust that a scenario accepts: expectations hold although it was raised.
 *
 * @param code as in {@link io.hone.api.run.TrustFlag}
 */
public record AcceptedFlag(String code) {}
