/** Values inside a network: which neurons there are, and what they answer to images. */
@NullMarked
package io.hone.api.activation;

import org.jspecify.annotations.NullMarked;
