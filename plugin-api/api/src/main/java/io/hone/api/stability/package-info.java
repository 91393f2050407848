/** How far others can rely on a type. */
package io.hone.api.stability;
