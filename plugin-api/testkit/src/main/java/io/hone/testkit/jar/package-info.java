/** Plugin jars made by tests, and what can be checked of compiled plugins. */
package io.hone.testkit.jar;
