/** Networks that are graphs, or that papers on robustness name. */
package io.hone.learning.network.architecture;
