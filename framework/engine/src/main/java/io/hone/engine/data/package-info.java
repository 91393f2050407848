/** The images of a run: which are selected, and what their labels say. */
package io.hone.engine.data;
