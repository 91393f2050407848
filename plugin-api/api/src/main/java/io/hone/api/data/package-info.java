/** Images with their samples, labels and targets. */
@NullMarked
package io.hone.api.data;

import org.jspecify.annotations.NullMarked;
