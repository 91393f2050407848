/** Defenses that change the image before the classifier sees it. */
@NullMarked
package io.hone.plugins.defenses;

import org.jspecify.annotations.NullMarked;
