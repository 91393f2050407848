/** Images held as bytes: how they are selected and identified. */
package io.hone.plugins.datasets.eightbit;
