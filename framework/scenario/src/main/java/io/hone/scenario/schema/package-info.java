/** JSON Schema of scenarios, for editors: made of the same records and syntaxes that read them. */
package io.hone.scenario.schema;
