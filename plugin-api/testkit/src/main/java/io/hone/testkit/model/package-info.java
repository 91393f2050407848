/** Tiny models in plain Java with exact gradients, and hostile ones. */
package io.hone.testkit.model;
