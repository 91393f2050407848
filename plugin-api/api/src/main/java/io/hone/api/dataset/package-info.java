/** The extension point for data sets. */
package io.hone.api.dataset;
