/** The metrics that come with Hone. */
package io.hone.engine.metric;
