/** The Fast Adaptive Boundary attack: small steps to linearised boundaries, pulled to the image. */
@NullMarked
package io.hone.plugins.gradient.fastadaptiveboundary;

import org.jspecify.annotations.NullMarked;
