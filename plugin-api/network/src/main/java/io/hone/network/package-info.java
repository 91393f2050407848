/** Networks as graphs of layers, free of any runtime: what an architecture is made of. */
@NullMarked
package io.hone.network;

import org.jspecify.annotations.NullMarked;
