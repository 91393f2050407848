/** Model cards, and models opened by them. */
package io.hone.core.model;
