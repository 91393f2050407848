/** Asks a victim about candidates of many samples side by side. */
@NullMarked
package io.hone.plugins.improvers.search;

import org.jspecify.annotations.NullMarked;
