package io.hone.scenario;

import io.hone.api.BadInputException;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the parts of a scenario are, so that what shows only once a model or data set is open (a
 * wrong shape, no such class) is told at its place too.
 */
public final class ScenarioPlaces {
  /** The places of a scenario that is in no file. */
  public static final ScenarioPlaces NONE = new ScenarioPlaces(Optional.empty(), "");

  private final Optional<YamlNode> root;
  private final String prefix;

  private ScenarioPlaces(Optional<YamlNode> root, String prefix) {
    this.root = root;
    this.prefix = prefix;
  }

  /** Returns the places in a tree. */
  public static ScenarioPlaces in(YamlNode root) {
    return new ScenarioPlaces(Optional.of(root), "");
  }

  /**
   * Returns the places in one part.
   *
   * @param path of the part, such as {@code data}
   */
  public ScenarioPlaces below(String path) {
    return new ScenarioPlaces(root, prefix + path + ".");
  }

  /**
   * Returns an error at a place.
   *
   * @param path such as {@code model.card} or {@code steps.fgsm.attack}; where it is not written,
   *     the nearest part around it is named
   * @param message what is wrong
   * @param notes what helps, one line each
   */
  public BadInputException error(String path, String message, String... notes) {
    return root.<BadInputException>map(
            tree ->
                new ScenarioException(
                    List.of(
                        new Diagnostic(
                            new YamlPath(prefix + path).nearest(tree).place(),
                            message,
                            List.of(notes)))))
        .orElseGet(() -> new BadInputException(prefix + path + ": " + message));
  }

  /**
   * Runs what may find something wrong that it cannot place itself, and names the place.
   *
   * @param path as of an {@link #error}
   * @throws BadInputException at that place, or at the one that was named already
   */
  public <T> T placing(String path, Supplier<T> work) {
    try {
      return work.get();
    } catch (ScenarioException placed) {
      throw placed;
    } catch (BadInputException e) {
      throw error(path, e.getMessage());
    }
  }

  /** Runs a check as {@link #placing} does. */
  public void checking(String path, Runnable check) {
    placing(
        path,
        () -> {
          check.run();
          return path;
        });
  }
}
