/** Networks that are measured, in Hone and in its peers. */
package io.hone.bench.network;
