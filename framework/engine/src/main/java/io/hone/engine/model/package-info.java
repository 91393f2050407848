/** Models opened once per run, by their cards. */
@NullMarked
package io.hone.engine.model;

import org.jspecify.annotations.NullMarked;
