/** Writes the project of a new plugin. */
@NullMarked
package io.hone.host.newplugin;

import org.jspecify.annotations.NullMarked;
