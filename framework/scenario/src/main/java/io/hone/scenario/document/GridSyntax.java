package io.hone.scenario.document;

import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.SchemaParts;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlNode;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads grids; the word {@code 8bit} can be no Java name, so an enum's own spelling will not do.
 */
final class GridSyntax implements ValueSyntax {
  @Override
  public Class<?> type() {
    return Grid.class;
  }

  @Override
  public Optional<Bound<Grid>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    for (Grid grid : Grid.values()) {
      if (grid.word().equals(node.plain())) {
        return Optional.of(new Bound<>(grid, grid.word()));
      }
    }
    List<String> words = Arrays.stream(Grid.values()).map(Grid::word).toList();
    String guess = node.plain() instanceof String word ? Spelling.didYouMean(word, words) : "";
    binder
        .diagnostics()
        .add(
            node.place(),
            "'grid' must be one of "
                + String.join(", ", words)
                + ", not "
                + node.describe()
                + guess);
    return Optional.empty();
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    ObjectNode schema = parts.node();
    for (Grid grid : Grid.values()) {
      schema.withArray("enum").add(grid.word());
    }
    return schema;
  }
}
