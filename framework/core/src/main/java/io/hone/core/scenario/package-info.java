/** Scenarios: from YAML to typed and checked. */
package io.hone.core.scenario;
