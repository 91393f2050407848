/** Tiny models in plain Java with exact gradients, and hostile ones. */
@NullMarked
package io.hone.testkit.model;

import org.jspecify.annotations.NullMarked;
