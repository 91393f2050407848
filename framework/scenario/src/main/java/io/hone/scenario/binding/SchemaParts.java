package io.hone.scenario.binding;

import java.lang.reflect.Type;
import tools.jackson.databind.node.ObjectNode;

/** What a syntax makes its JSON Schema of. */
public interface SchemaParts {
  /** Returns a new and empty node. */
  ObjectNode node();

  /** Returns the schema of another type, or a reference to it. */
  ObjectNode of(Type type);
}
