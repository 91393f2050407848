/**
 * The HTML report of a run: one file that opens offline.
 *
 * <p>{@link io.hone.report.HtmlReport} turns a summary and a gallery into records that hold exactly
 * what the page shows, and the templates below {@code src/main/jte} turn those into HTML.
 */
@NullMarked
package io.hone.report;

import org.jspecify.annotations.NullMarked;
