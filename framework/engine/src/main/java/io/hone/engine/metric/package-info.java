/** The metrics that come with Hone. */
@NullMarked
package io.hone.engine.metric;

import org.jspecify.annotations.NullMarked;
