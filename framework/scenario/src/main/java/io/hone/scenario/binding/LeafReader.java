package io.hone.scenario.binding;

import io.hone.api.model.ModelReference;
import io.hone.host.component.KebabCase;
import io.hone.host.component.ParameterDescriptor;
import io.hone.host.component.PixelLimits;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Spelling;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads single values: numbers, words, paths. */
final class LeafReader {
  private static final String CARD = "model.yaml";

  private final PathResolver paths;
  private final Diagnostics diagnostics;

  LeafReader(PathResolver paths, Diagnostics diagnostics) {
    this.paths = paths;
    this.diagnostics = diagnostics;
  }

  Optional<? extends Bound<?>> read(ParameterDescriptor parameter, Class<?> type, YamlNode node) {
    NumberType numbers = NumberType.of(type);
    if (numbers != null) {
      return number(parameter, numbers, node);
    }
    if (type == boolean.class || type == Boolean.class) {
      return node.plain() instanceof Boolean value
          ? Optional.of(new Bound<>(value, value))
          : refuse(parameter, node, "true or false", "", WrittenNumber.quotedBoolean(node));
    }
    if (type.isEnum()) {
      return constant(parameter, type, node);
    }
    if (!(node.plain() instanceof String text)) {
      return refuse(parameter, node, "text", "", quote(node));
    }
    if (type == String.class) {
      return Optional.of(new Bound<>(text, text));
    }
    if (type == Path.class) {
      return path(parameter, text, node).map(path -> new Bound<>(path, text));
    }
    if (type == ModelReference.class) {
      return path(parameter, text, node)
          .filter(path -> holdsModel(parameter, path, node))
          .map(path -> new Bound<>(new ModelReference(path), text));
    }
    throw new IllegalStateException(parameter.name() + " is of the unknown type " + type);
  }

  private static List<String> quote(YamlNode node) {
    return node instanceof YamlScalar scalar && scalar.value() != null
        ? List.of("quote it if the text is meant: '" + scalar.text() + "'")
        : List.of();
  }

  private Optional<Bound<?>> number(ParameterDescriptor parameter, NumberType type, YamlNode node) {
    if (node instanceof YamlScalar scalar) {
      Optional<Bound<?>> read = type.read(scalar, parameter);
      if (read.isPresent()) {
        return read;
      }
    }
    List<String> notes = new ArrayList<>();
    String meant = "";
    if (node instanceof YamlScalar scalar) {
      type.advice(scalar).ifPresent(notes::add);
      if (parameter.unit().isPixelSize() && scalar.value() instanceof Number size) {
        meant = PixelLimits.didYouMean(size.doubleValue());
      }
    }
    String automatic = parameter.isAutomatic() ? ", or auto" : "";
    return refuse(parameter, node, type.expected(parameter, node) + automatic, meant, notes);
  }

  private Optional<Bound<?>> constant(ParameterDescriptor parameter, Class<?> type, YamlNode node) {
    List<Enum<?>> constants =
        Arrays.stream(type.getEnumConstants()).<Enum<?>>map(Enum.class::cast).toList();
    List<String> words =
        constants.stream().map(KebabCase::ofConstant).map(Optional::orElseThrow).toList();
    if (node.plain() instanceof String word && words.contains(word)) {
      return Optional.of(new Bound<>(constants.get(words.indexOf(word)), word));
    }
    String guess = node.plain() instanceof String word ? Spelling.didYouMean(word, words) : "";
    diagnostics.add(
        node.place(),
        "'"
            + parameter.name()
            + "' must be one of "
            + String.join(", ", words)
            + ", not "
            + node.describe()
            + guess,
        meaning(parameter));
    return Optional.empty();
  }

  private Optional<Path> path(ParameterDescriptor parameter, String text, YamlNode node) {
    Path written;
    try {
      written = Path.of(text);
    } catch (InvalidPathException e) {
      refuse(parameter, node, "a path");
      return Optional.empty();
    }
    if (text.isBlank()) {
      refuse(parameter, node, "a path");
      return Optional.empty();
    }
    Optional<Path> found = paths.find(written);
    if (found.isEmpty()) {
      diagnostics.add(
          node.place(),
          "'" + parameter.name() + "': there is no " + text + paths.didYouMean(written),
          "looked for "
              + paths.candidates(written).stream()
                  .map(Path::toString)
                  .collect(Collectors.joining(" and for ")));
    }
    return found;
  }

  private boolean holdsModel(ParameterDescriptor parameter, Path path, YamlNode node) {
    if (!Files.isDirectory(path) || Files.isRegularFile(path.resolve(CARD))) {
      return true;
    }
    diagnostics.add(
        node.place(),
        "'" + parameter.name() + "': the folder " + path + " holds no " + CARD,
        "name a folder with a card, or an .onnx file");
    return false;
  }

  private Optional<Bound<?>> refuse(
      ParameterDescriptor parameter,
      YamlNode node,
      String expected,
      String meant,
      List<String> notes) {
    List<String> all = new ArrayList<>(notes);
    all.add(meaning(parameter));
    diagnostics.add(
        node.place(),
        "'" + parameter.name() + "' must be " + expected + ", not " + node.describe() + meant,
        all);
    return Optional.empty();
  }

  private Optional<Bound<?>> refuse(ParameterDescriptor parameter, YamlNode node, String expected) {
    return refuse(parameter, node, expected, "", List.of());
  }

  private static String meaning(ParameterDescriptor parameter) {
    return parameter.name() + ": " + parameter.meaning();
  }
}
