/** The extension point for improvers. */
package io.hone.api.improve;
