/** The pointwise attack's second half as an improver: a baseline. */
@NullMarked
package io.hone.plugins.improvers.pointwise;

import org.jspecify.annotations.NullMarked;
