/** CIFAR-10 in its binary batch files: in a folder, or downloaded. */
package io.hone.plugins.datasets.cifar;
