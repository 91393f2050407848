/**
 * What a plugin author tests with: contract tests to extend, and a run and a victim to call
 * components with.
 */
@NullMarked
package io.hone.testkit;

import org.jspecify.annotations.NullMarked;
