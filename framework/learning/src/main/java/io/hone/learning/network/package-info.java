/** What networks look like: layers, architectures and their weights, free of any runtime. */
package io.hone.learning.network;
