/** What is wrong with a user's file, at which place, collected and told together. */
package io.hone.scenario.diagnostics;
