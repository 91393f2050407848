package io.hone.scenario.reading;

import io.hone.api.metric.StepKind;
import io.hone.scenario.StepGrammar;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import java.util.List;

/**
 * How a step hangs together with others, known before its components are bound.
 *
 * @param id unique
 * @param grammar of its kind
 * @param node as written
 * @param place of the id
 * @param of ids of what it receives, never empty
 * @param listed whether {@code of} is written as a list, which then shows in the entries' names
 */
record StepOutline(
    String id,
    StepGrammar<?> grammar,
    YamlMapping node,
    Place place,
    List<String> of,
    boolean listed) {
  StepOutline {
    of = List.copyOf(of);
  }

  StepKind kind() {
    return grammar.kind();
  }

  /** Returns the place where it says what it receives; that of its id where it says nothing. */
  Place receivedPlace() {
    return node.get(grammar.reception().key()).map(YamlNode::place).orElse(place);
  }

  /** Returns whether all that it receives makes one entry. */
  boolean joins() {
    return grammar.reception().joins();
  }
}
