/** What identifies the content of a data set. */
package io.hone.plugins.datasets.content;
