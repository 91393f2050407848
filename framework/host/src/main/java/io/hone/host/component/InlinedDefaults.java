package io.hone.host.component;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Gives the parameters of an inlined record the defaults of the component that inlines it. */
final class InlinedDefaults {
  private static final LoadSettings SETTINGS = LoadSettings.builder().setUseMarks(true).build();

  private InlinedDefaults() {}

  /**
   * Returns the parameters with the defaults that a mapping such as {@code {steps: 40}} names.
   *
   * @param wrong takes in what is wrong with the mapping
   */
  static List<ParameterDescriptor> apply(
      String yaml, List<ParameterDescriptor> parameters, List<String> wrong) {
    Optional<Map<String, String>> texts = texts(yaml);
    if (texts.isEmpty()) {
      wrong.add("the defaults `" + yaml + "` are not a mapping such as {key: value}");
      return parameters;
    }
    Map<String, String> unused = new LinkedHashMap<>(texts.get());
    List<ParameterDescriptor> changed = new ArrayList<>();
    for (ParameterDescriptor parameter : parameters) {
      String text = unused.remove(parameter.name());
      ParameterDescriptor result = text == null ? parameter : parameter.withDefault(text);
      if (text != null) {
        ValueCheck.ofDefault(result)
            .ifPresent(problem -> wrong.add("`" + parameter.name() + "`: " + problem));
      }
      changed.add(result);
    }
    unused
        .keySet()
        .forEach(key -> wrong.add("the defaults have a key `" + key + "` that is no parameter"));
    return List.copyOf(changed);
  }

  /** Returns each value as it is written, so that listings show it so. */
  private static Optional<Map<String, String>> texts(String yaml) {
    try {
      Optional<Node> root = new Compose(SETTINGS).composeString(yaml);
      if (root.isEmpty() || !(root.get() instanceof MappingNode mapping)) {
        return Optional.empty();
      }
      Map<String, String> texts = new LinkedHashMap<>();
      for (NodeTuple entry : mapping.getValue()) {
        if (!(entry.getKeyNode() instanceof ScalarNode key)) {
          return Optional.empty();
        }
        Node value = entry.getValueNode();
        int from = index(yaml, value.getStartMark());
        texts.put(key.getValue(), yaml.substring(from, index(yaml, value.getEndMark())));
      }
      return Optional.of(texts);
    } catch (YamlEngineException e) {
      return Optional.empty();
    }
  }

  /** A mark counts code points. */
  private static int index(String yaml, Optional<Mark> mark) {
    return yaml.offsetByCodePoints(0, mark.orElseThrow().getIndex());
  }
}
