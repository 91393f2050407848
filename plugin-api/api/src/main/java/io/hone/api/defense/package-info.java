/** The extension point for defenses. */
package io.hone.api.defense;
