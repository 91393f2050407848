/** Benchmarks of Hone against bare runtimes and its peers. */
package io.hone.bench;
