/** The model as an attack or an improver sees it: queried, counted and limited by a budget. */
@NullMarked
package io.hone.api.victim;

import org.jspecify.annotations.NullMarked;
