/** The networks that a scenario can name, one class each, and blocks that they share. */
package io.hone.learning.network.architecture;
