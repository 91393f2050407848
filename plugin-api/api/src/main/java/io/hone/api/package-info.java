/** What a plugin implements: components, how they describe themselves, and the extension points. */
@NullMarked
package io.hone.api;

import org.jspecify.annotations.NullMarked;
