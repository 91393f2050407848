/** Writes the project of a new plugin. */
package io.hone.host.newplugin;
