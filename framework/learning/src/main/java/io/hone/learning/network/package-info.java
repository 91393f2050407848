/** What networks are made of: layers, graphs of them and their weights, free of any runtime. */
package io.hone.learning.network;
