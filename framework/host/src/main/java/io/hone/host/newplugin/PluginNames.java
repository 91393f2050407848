package io.hone.host.newplugin;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.KebabCase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What the parts of a new plugin are called.
 *
 * @param id of the component that scenarios use, lower case words joined by hyphens
 * @param packageName of its classes
 * @param className of the component, without the package
 */
public record PluginNames(String id, String packageName, String className) {
  /**
   * Checks the names.
   *
   * @throws BadInputException naming the option that gave a wrong one
   */
  public PluginNames {
    if (!KebabCase.matches(id)) {
      throw new BadInputException(
          "--id " + id + ": lower case words joined by hyphens are needed, as in my-attack");
    }
    if (!SourceVersion.isName(packageName)) {
      throw new BadInputException(
          "--package " + packageName + ": a Java package is needed, as in org.example.myattack");
    }
    if (!SourceVersion.isIdentifier(className) || SourceVersion.isKeyword(className)) {
      throw new BadInputException(
          "--class " + className + ": the name of a Java class is needed, as in MyAttack");
    }
  }

  /**
   * Derives from the folder's name what is not given: {@code my-attack} gives the id {@code
   * my-attack}, the package {@code org.example.myattack} and the class {@code MyAttack}. A folder
   * whose name is no id counts as {@code my-attack}, or what the kind is called.
   */
  public static PluginNames of(
      ComponentKind kind,
      Path folder,
      Optional<String> givenId,
      Optional<String> packageName,
      Optional<String> className) {
    String id = givenId.orElseGet(() -> idFrom(kind, folder));
    return new PluginNames(
        id,
        packageName.orElseGet(() -> "org.example." + id.replace("-", "")),
        className.orElseGet(() -> capitalized(id)));
  }

  private static String idFrom(ComponentKind kind, Path folder) {
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    return KebabCase.matches(name) ? name : "my-" + kind.word();
  }

  private static String capitalized(String id) {
    return Arrays.stream(id.split("-"))
        .filter(word -> !word.isEmpty())
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }
}
