/** The backend {@code dl4j}: saved SameDiff networks behind Hone's own interfaces. */
package io.hone.dl4j.backend;
