/** Model cards: read, checked, drafted and written. */
package io.hone.scenario.card;
