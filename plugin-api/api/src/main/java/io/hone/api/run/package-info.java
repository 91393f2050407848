/** What a component may use of the run it takes part in. */
@NullMarked
package io.hone.api.run;

import org.jspecify.annotations.NullMarked;
