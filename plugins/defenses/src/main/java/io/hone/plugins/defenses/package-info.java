/** Defenses that change the image before the classifier sees it. */
package io.hone.plugins.defenses;
