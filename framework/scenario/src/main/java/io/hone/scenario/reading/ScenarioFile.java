package io.hone.scenario.reading;

import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.ScenarioPlaces;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.PathResolver;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.document.ScenarioFormat;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** One file being read: its tree, what binds it, and what is wrong with it so far. */
final class ScenarioFile {
  private final Diagnostics diagnostics = new Diagnostics();
  private final PathResolver paths;
  private final Binder binder;
  private final YamlNode root;

  ScenarioFile(Path file, ScenarioOptions options, ScenarioFormat format, Path distribution) {
    YamlNode written = YamlReader.read(file);
    // A file is in a folder: the root of a file system cannot be read as one.
    Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    paths = new PathResolver(folder, distribution);
    binder = new Binder(paths, format.syntaxes(), diagnostics);
    root = new OptionApplier(diagnostics).apply(written, options);
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  PathResolver paths() {
    return paths;
  }

  /**
   * Ends the reading of a file of the other format, which would only lead to many errors.
   *
   * @param theirs a key of the other format alone
   * @param ours a key of this format alone
   */
  void refuseOther(String theirs, String ours, String what) {
    if (at(theirs).isPresent() && at(ours).isEmpty()) {
      diagnostics.add(root.place(), "this is " + what);
      diagnostics.throwIfAny();
    }
  }

  /** Returns what is at a path, if all of the path is there. */
  Optional<YamlNode> at(String... path) {
    Optional<YamlNode> node = Optional.of(root);
    for (String key : path) {
      node =
          node.flatMap(
              parent -> parent instanceof YamlMapping map ? map.get(key) : Optional.empty());
    }
    return node;
  }

  /**
   * Binds the document at a point of its matrix.
   *
   * @param point the value that each axis has there
   */
  <R extends Record> Optional<Bound<R>> bind(RecordShape<R> shape, Map<Axis, Axis.Value> point) {
    return binder.record(shape, at(point, diagnostics));
  }

  private YamlNode at(Map<Axis, Axis.Value> point, Diagnostics wrong) {
    YamlNode tree = root;
    for (Map.Entry<Axis, Axis.Value> choice : point.entrySet()) {
      Axis axis = choice.getKey();
      tree = axis.path().set(tree, choice.getValue().node(), axis.place(), wrong);
    }
    return tree;
  }

  ScenarioPlaces places() {
    return places(Map.of());
  }

  /** Returns the places at a point of the matrix; what is wrong there is known. */
  ScenarioPlaces places(Map<Axis, Axis.Value> point) {
    return ScenarioPlaces.in(at(point, new Diagnostics()));
  }
}
