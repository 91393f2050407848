/** The extension point for trainers. */
@NullMarked
package io.hone.api.train;

import org.jspecify.annotations.NullMarked;
