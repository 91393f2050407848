/** Images with their samples, labels and targets. */
package io.hone.api.data;
