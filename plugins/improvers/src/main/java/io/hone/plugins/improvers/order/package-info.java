/** Improvers that restore in an order of importance, and the orders. */
@NullMarked
package io.hone.plugins.improvers.order;

import org.jspecify.annotations.NullMarked;
