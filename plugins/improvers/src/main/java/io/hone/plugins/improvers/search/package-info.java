/** Asks a victim about candidates of many samples side by side. */
package io.hone.plugins.improvers.search;
