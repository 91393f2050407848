/** What a run leaves behind: summary, samples, arrays, gallery. */
package io.hone.engine.results;
