package io.hone.scenario.yaml;

import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.diagnostics.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A path into a tree, such as {@code steps.fgsm.attack.with.epsilon}: keys joined by dots; in a
 * list the {@code id} of an item, or its index from 0.
 *
 * @param text as written
 */
public record YamlPath(String text) {
  /** Returns the parts between the dots. */
  public List<String> segments() {
    return List.of(text.split("\\.", -1));
  }

  /** Returns the last part. */
  public String last() {
    List<String> segments = segments();
    return segments.get(segments.size() - 1);
  }

  /**
   * Returns the tree with another value at this path. Keys that are missing on the way are added.
   *
   * @param place of the path, for errors and for keys that are added
   * @return the tree as it was, with a diagnostic added, if the path leads nowhere
   */
  public YamlNode set(YamlNode root, YamlNode value, Place place, Diagnostics diagnostics) {
    if (segments().contains("")) {
      diagnostics.add(place, "'" + text + "' is no path", "a path is keys joined by dots");
      return root;
    }
    return set(Optional.of(root), 0, value, place, diagnostics);
  }

  private YamlNode set(
      Optional<YamlNode> node, int depth, YamlNode value, Place place, Diagnostics diagnostics) {
    List<String> segments = segments();
    if (depth == segments.size()) {
      return value;
    }
    String segment = segments.get(depth);
    YamlNode parent = node.orElseGet(() -> new YamlMapping(place, List.of()));
    if (parent instanceof YamlMapping mapping) {
      YamlNode below = set(mapping.get(segment), depth + 1, value, place, diagnostics);
      return mapping.with(new YamlScalar(place, segment, segment), below);
    }
    String upToHere = String.join(".", segments.subList(0, depth));
    if (parent instanceof YamlSequence sequence) {
      int index = index(sequence, segment);
      if (index < 0) {
        List<String> ids = ids(sequence);
        diagnostics.add(
            place,
            upToHere + " has no '" + segment + "'" + Spelling.didYouMean(segment, ids),
            "known there: " + String.join(", ", ids));
        return parent;
      }
      Optional<YamlNode> item = Optional.of(sequence.items().get(index));
      return sequence.with(index, set(item, depth + 1, value, place, diagnostics));
    }
    diagnostics.add(
        place, upToHere + " is " + parent.describe() + ", so it has no '" + segment + "'");
    return parent;
  }

  /** Returns the node at this path, or the last one on the way that is there. */
  public YamlNode nearest(YamlNode root) {
    YamlNode node = root;
    for (String segment : segments()) {
      Optional<YamlNode> below = below(node, segment);
      if (below.isEmpty()) {
        return node;
      }
      node = below.get();
    }
    return node;
  }

  private static Optional<YamlNode> below(YamlNode node, String segment) {
    if (node instanceof YamlMapping mapping) {
      return mapping.get(segment);
    }
    return node instanceof YamlSequence sequence && index(sequence, segment) >= 0
        ? Optional.of(sequence.items().get(index(sequence, segment)))
        : Optional.empty();
  }

  private static int index(YamlSequence sequence, String segment) {
    for (int index = 0; index < sequence.items().size(); index++) {
      if (id(sequence.items().get(index)).filter(segment::equals).isPresent()) {
        return index;
      }
    }
    return segment.matches("[0-9]{1,6}") && Integer.parseInt(segment) < sequence.items().size()
        ? Integer.parseInt(segment)
        : -1;
  }

  private static List<String> ids(YamlSequence sequence) {
    List<String> ids = new ArrayList<>();
    for (int index = 0; index < sequence.items().size(); index++) {
      ids.add(id(sequence.items().get(index)).orElse(String.valueOf(index)));
    }
    return ids;
  }

  private static Optional<String> id(YamlNode node) {
    return node instanceof YamlMapping mapping
            && mapping.get("id").orElse(null) instanceof YamlScalar scalar
        ? Optional.of(scalar.text())
        : Optional.empty();
  }
}
