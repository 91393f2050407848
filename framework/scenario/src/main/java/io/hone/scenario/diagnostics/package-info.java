/** What is wrong with a user's file, at which place, collected and told together. */
@NullMarked
package io.hone.scenario.diagnostics;

import org.jspecify.annotations.NullMarked;
