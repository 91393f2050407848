/** Plugin jars made by tests, and what can be checked of compiled plugins. */
@NullMarked
package io.hone.testkit.jar;

import org.jspecify.annotations.NullMarked;
