/** The trainers that Hone brings. */
@NullMarked
package io.hone.learning.trainer;

import org.jspecify.annotations.NullMarked;
