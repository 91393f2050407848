/** Auto-PGD: projected gradient descent whose step size adapts itself to each sample. */
@NullMarked
package io.hone.plugins.gradient.autopgd;

import org.jspecify.annotations.NullMarked;
