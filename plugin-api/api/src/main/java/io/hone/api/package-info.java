/** What a plugin implements: components, how they describe themselves, and the extension points. */
package io.hone.api;
