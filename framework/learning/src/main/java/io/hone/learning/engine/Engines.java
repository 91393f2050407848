package io.hone.learning.engine;

import io.hone.api.train.RefusedChoiceException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the installed engine that a scenario names. */
public final class Engines {
  /** The engine of a scenario that names none. */
  public static final String USUAL = "onnxruntime";

  private Engines() {}

  /**
   * Returns an engine.
   *
   * @param name its word; empty for the usual engine
   * @throws RefusedChoiceException if there is none of that name
   */
  public static LearningEngine find(Optional<String> name) {
    String wanted = name.orElse(USUAL);
    List<LearningEngine> installed = installed();
    return installed.stream()
        .filter(engine -> engine.id().equals(wanted))
        .findFirst()
        .orElseThrow(() -> missing(wanted, installed));
  }

  private static List<LearningEngine> installed() {
    return ServiceLoader.load(LearningEngine.class, LearningEngine.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(LearningEngine::id))
        .toList();
  }

  private static RefusedChoiceException missing(String wanted, List<LearningEngine> installed) {
    return new RefusedChoiceException(
        "engine",
        "there is no engine '%s'; %s%s"
            .formatted(
                wanted,
                installed.isEmpty() ? "none is installed" : "installed are " + words(installed),
                howToInstall(wanted).map(how -> "; " + how).orElse("")));
  }

  private static String words(List<LearningEngine> engines) {
    return engines.stream().map(LearningEngine::id).collect(Collectors.joining(", "));
  }

  /** Returns how to install an engine; empty if Hone has none of that name. */
  private static Optional<String> howToInstall(String wanted) {
    return switch (wanted) {
      case "dl4j" ->
          Optional.of(
              "the engine 'dl4j' is part of hone-dl4j, which is not installed: copy lib/dl4j from a"
                  + " full distribution of Hone, or add io.hone:hone-dl4j to the class path");
      case USUAL ->
          Optional.of(
              "the engine 'onnxruntime' is part of hone-onnxruntime, which is not installed: add"
                  + " io.hone:hone-onnxruntime to the class path");
      default -> Optional.empty();
    };
  }
}
