/**
 * What a plugin author tests with: contract tests to extend, and a run and a victim to call
 * components with.
 */
package io.hone.testkit;
