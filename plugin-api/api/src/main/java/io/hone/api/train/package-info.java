/** The extension point for trainers. */
package io.hone.api.train;
