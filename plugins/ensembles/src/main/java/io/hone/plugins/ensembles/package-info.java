/** Attacks that run other attacks in turn. */
@NullMarked
package io.hone.plugins.ensembles;

import org.jspecify.annotations.NullMarked;
