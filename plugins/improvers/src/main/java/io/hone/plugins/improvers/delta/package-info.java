/** Delta debugging on the set of adversarial features. */
package io.hone.plugins.improvers.delta;
