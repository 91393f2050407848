/** Images and labels in NumPy arrays. */
package io.hone.plugins.datasets.numpy;
