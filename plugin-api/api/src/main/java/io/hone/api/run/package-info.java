/** What a component may use of the run it takes part in. */
package io.hone.api.run;
