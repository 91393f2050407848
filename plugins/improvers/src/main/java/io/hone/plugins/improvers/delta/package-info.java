/** Delta debugging on the set of adversarial features. */
@NullMarked
package io.hone.plugins.improvers.delta;

import org.jspecify.annotations.NullMarked;
