/** Names of figures: which the framework measures itself, and how names with levels nest. */
@NullMarked
package io.hone.host.figure;

import org.jspecify.annotations.NullMarked;
