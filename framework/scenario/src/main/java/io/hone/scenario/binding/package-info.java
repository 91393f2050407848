/** From a YAML tree to records, as descriptors say. */
package io.hone.scenario.binding;
