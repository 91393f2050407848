/** Image files in folders. */
package io.hone.plugins.datasets.images;
