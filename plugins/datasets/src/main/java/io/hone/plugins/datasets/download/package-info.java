/** Bringing files from the web: mirrors, resumption, progress, checks of their content. */
package io.hone.plugins.datasets.download;
