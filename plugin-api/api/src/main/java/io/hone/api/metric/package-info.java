/** The extension point for metrics. */
@NullMarked
package io.hone.api.metric;

import org.jspecify.annotations.NullMarked;
