/** The extension point for metrics. */
package io.hone.api.metric;
