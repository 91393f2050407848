/** Model cards: read, checked, drafted and written. */
@NullMarked
package io.hone.scenario.card;

import org.jspecify.annotations.NullMarked;
