/** What metrics see inside the model under test. */
@NullMarked
package io.hone.engine.activation;

import org.jspecify.annotations.NullMarked;
