/** Improvers that restore in an order of importance, and the orders. */
package io.hone.plugins.improvers.order;
