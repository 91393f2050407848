/** The extension point for attacks, and the victim they see. */
package io.hone.api.attack;
