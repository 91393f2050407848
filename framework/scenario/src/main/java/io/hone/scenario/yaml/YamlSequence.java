package io.hone.scenario.yaml;

import io.hone.scenario.diagnostics.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list.
 *
 * @param place where it begins
 * @param items in their order
 * @param size as {@link YamlNode#size()} says
 */
public record YamlSequence(Place place, List<YamlNode> items, long size) implements YamlNode {
  /** Creates a list. */
  public YamlSequence(Place place, List<YamlNode> items) {
    this(place, List.copyOf(items), 1 + items.stream().mapToLong(YamlNode::size).sum());
  }

  @Override
  public Object plain() {
    List<Object> plain = new ArrayList<>();
    items.forEach(item -> plain.add(item.plain()));
    return Collections.unmodifiableList(plain);
  }

  @Override
  public String describe() {
    return "a list";
  }

  /** Returns this list with another node at an index. */
  YamlSequence with(int index, YamlNode node) {
    List<YamlNode> changed = new ArrayList<>(items);
    changed.set(index, node);
    return new YamlSequence(place, changed);
  }
}
