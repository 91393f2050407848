/** What is the same for every context of a part of a component's work, in runs and in tests. */
@NullMarked
package io.hone.host.part;

import org.jspecify.annotations.NullMarked;
