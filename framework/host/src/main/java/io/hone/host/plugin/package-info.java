/** Finds plugin jars, loads them in class loaders of their own, and guards every call into them. */
package io.hone.host.plugin;
