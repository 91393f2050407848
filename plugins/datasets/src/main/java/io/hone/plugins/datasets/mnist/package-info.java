/** MNIST in its original IDX files: bundled, in a folder, or downloaded. */
package io.hone.plugins.datasets.mnist;
