/** Finds plugin jars, loads them in class loaders of their own, and guards every call into them. */
@NullMarked
package io.hone.host.plugin;

import org.jspecify.annotations.NullMarked;
