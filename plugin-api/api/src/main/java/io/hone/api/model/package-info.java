/** Models as components see them, and their cards. */
package io.hone.api.model;
