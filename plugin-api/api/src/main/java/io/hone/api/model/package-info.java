/** Models as components see them, and their cards. */
@NullMarked
package io.hone.api.model;

import org.jspecify.annotations.NullMarked;
