/** The extension point for what runs models. */
package io.hone.api.backend;
