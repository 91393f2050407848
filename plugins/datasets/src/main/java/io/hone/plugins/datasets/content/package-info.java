/** What the images of a data set are held in, selected by, and identified by. */
package io.hone.plugins.datasets.content;
