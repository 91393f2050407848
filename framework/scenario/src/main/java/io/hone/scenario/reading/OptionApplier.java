package io.hone.scenario.reading;

import io.hone.scenario.ScenarioOptions;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.ScenarioException;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlMapping;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlPath;
import io.hone.scenario.yaml.YamlReader;
import java.util.List;

/** Puts what the command line says into a tree, with the option as its place. */
final class OptionApplier {
  private final Diagnostics diagnostics;

  OptionApplier(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  YamlNode apply(YamlNode root, ScenarioOptions options) {
    YamlNode changed = root;
    for (String override : options.overrides()) {
      changed = override(changed, override);
    }
    if (options.batch().isPresent()) {
      changed = option(changed, "run.batch", "--batch", options.batch().getAsInt());
    }
    if (options.threads().isPresent()) {
      changed = option(changed, "run.threads", "--threads", options.threads().getAsInt());
    }
    if (options.check() && !asksForChecks(changed)) {
      SourceText source = SourceText.ofOption("--check", "true");
      changed = put(changed, "check", source, source.text());
    }
    if (options.limit().isPresent() && options.limit().getAsLong() < 1) {
      SourceText source = SourceText.ofOption("--limit " + options.limit().getAsLong(), "");
      diagnostics.add(source.at(1, 1), "must be at least 1");
    }
    return changed;
  }

  /** A file that says how to check is left as it is. */
  private static boolean asksForChecks(YamlNode root) {
    return root instanceof YamlMapping mapping
        && mapping
            .get("check")
            .filter(said -> said.plain() != null && !Boolean.FALSE.equals(said.plain()))
            .isPresent();
  }

  /** Refuses overrides of what an axis replaces: they would change nothing. */
  void refuseVaried(ScenarioOptions options, List<Axis> axes) {
    for (String override : options.overrides()) {
      String path = override.substring(0, Math.max(0, override.indexOf('=')));
      for (Axis axis : axes) {
        String varied = axis.path().text();
        if (path.equals(varied) || path.startsWith(varied + ".")) {
          diagnostics.add(
              SourceText.ofOption("--set " + override, override).at(1, 1),
              "changes nothing, because the matrix varies '" + varied + "'",
              "give the axis other values: --set 'matrix={" + varied + ": [...]}'");
        }
      }
    }
  }

  private YamlNode override(YamlNode root, String override) {
    SourceText source = SourceText.ofOption("--set " + override, override);
    int equals = override.indexOf('=');
    if (equals < 1 || override.substring(equals + 1).isBlank()) {
      diagnostics.add(
          source.at(1, 1),
          "is no override",
          "write path=value, such as steps.fgsm.attack.with.epsilon=0.1");
      return root;
    }
    // Blanks in place of the path let every place in the value point into the whole option.
    String value = " ".repeat(equals + 1) + override.substring(equals + 1);
    return put(root, override.substring(0, equals), source, value);
  }

  private YamlNode option(YamlNode root, String path, String name, int value) {
    SourceText source = SourceText.ofOption(name + " " + value, String.valueOf(value));
    return put(root, path, source, source.text());
  }

  private YamlNode put(YamlNode root, String path, SourceText source, String value) {
    try {
      YamlNode node = YamlReader.parse(source, value);
      return new YamlPath(path).set(root, node, source.at(1, 1), diagnostics);
    } catch (ScenarioException e) {
      diagnostics.addAll(e);
      return root;
    }
  }
}
