/** How far others can rely on a type. */
@NullMarked
package io.hone.api.stability;

import org.jspecify.annotations.NullMarked;
