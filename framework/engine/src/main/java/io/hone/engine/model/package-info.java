/** Models opened once per run, by their cards. */
package io.hone.engine.model;
