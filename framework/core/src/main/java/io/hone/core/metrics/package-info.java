/** What Hone measures itself: the distances and the built-in metrics. */
package io.hone.core.metrics;
