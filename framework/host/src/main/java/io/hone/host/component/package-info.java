/** Components as the framework knows them: descriptors, parameters and the registry. */
@NullMarked
package io.hone.host.component;

import org.jspecify.annotations.NullMarked;
