/** Coverage of networks: which neurons a set of images has brought into which state. */
@NullMarked
package io.hone.plugins.coverage;

import org.jspecify.annotations.NullMarked;
