/** Components: how they are found, described and bound to parameters. */
package io.hone.core.component;
