/** The pointwise attack's second half as an improver: a baseline. */
package io.hone.plugins.improvers.pointwise;
