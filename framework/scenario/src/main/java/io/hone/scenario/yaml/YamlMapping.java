package io.hone.scenario.yaml;

import io.hone.scenario.diagnostics.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keys and values; no key is given twice.
 *
 * @param place where it begins
 * @param entries in their order
 * @param size as {@link YamlNode#size()} says
 */
public record YamlMapping(Place place, List<Entry> entries, long size) implements YamlNode {
  /** A key and its value. */
  public record Entry(YamlScalar key, YamlNode value) {
    /** Returns the key as written. */
    public String name() {
      return key.text();
    }
  }

  /** Creates a mapping. */
  public YamlMapping(Place place, List<Entry> entries) {
    this(
        place,
        List.copyOf(entries),
        1 + entries.stream().mapToLong(entry -> 1 + entry.value().size()).sum());
  }

  /** Returns the entry of a key. */
  public Optional<Entry> entry(String key) {
    return entries.stream().filter(entry -> entry.name().equals(key)).findFirst();
  }

  /** Returns the value of a key. */
  public Optional<YamlNode> get(String key) {
    return entry(key).map(Entry::value);
  }

  /** Returns whether a key is there. */
  public boolean has(String key) {
    return entry(key).isPresent();
  }

  @Override
  public Object plain() {
    Map<String, Object> plain = new LinkedHashMap<>();
    entries.forEach(entry -> plain.put(entry.name(), entry.value().plain()));
    return Collections.unmodifiableMap(plain);
  }

  @Override
  public String describe() {
    return "a mapping";
  }

  /** Returns this mapping with a value replaced, or added where the key is new. */
  YamlMapping with(YamlScalar key, YamlNode value) {
    List<Entry> changed = new ArrayList<>(entries);
    changed.replaceAll(
        entry -> entry.name().equals(key.text()) ? new Entry(entry.key(), value) : entry);
    if (!has(key.text())) {
      changed.add(new Entry(key, value));
    }
    return new YamlMapping(place, changed);
  }

  /** Returns this mapping without some keys. */
  public YamlMapping without(List<String> keys) {
    return new YamlMapping(
        place, entries.stream().filter(entry -> !keys.contains(entry.name())).toList());
  }
}
