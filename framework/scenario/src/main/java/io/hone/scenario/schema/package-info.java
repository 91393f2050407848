/** JSON Schema of scenarios, for editors: made of the same records and syntaxes that read them. */
@NullMarked
package io.hone.scenario.schema;

import org.jspecify.annotations.NullMarked;
