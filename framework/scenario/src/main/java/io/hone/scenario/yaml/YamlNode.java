package io.hone.scenario.yaml;

import io.hone.scenario.diagnostics.Place;
import org.jspecify.annotations.Nullable;

/** A node of a YAML tree. Aliases are already followed: nodes are shared, never cyclic. */
public sealed interface YamlNode permits YamlMapping, YamlSequence, YamlScalar {
  /** Returns where the node is; for a node that was reached by an alias, at its anchor. */
  Place place();

  /** Returns the number of nodes below and including this one, shared ones counted every time. */
  long size();

  /** Returns the node as plain values: maps, lists, strings, numbers, booleans and null. */
  @Nullable Object plain();

  /** Returns a few words for an error message, such as {@code the text 'abc'} or {@code a list}. */
  String describe();
}
