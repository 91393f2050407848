package io.hone.host.plugin;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds the plugin jars in folders; a single jar may be in place of a folder. */
final class PluginFolders {
  private PluginFolders() {}

  /** Returns every jar once, by its real path, folder by folder, sorted by name. */
  static List<Path> jars(List<Path> folders, List<String> problems) {
    Set<Path> found = new LinkedHashSet<>();
    for (Path folder : folders) {
      try {
        found.addAll(jars(folder));
      } catch (BadInputException e) {
        problems.add(e.getMessage());
      }
    }
    return new ArrayList<>(found);
  }

  private static List<Path> jars(Path folder) {
    if (!Files.exists(folder)) {
      throw new BadInputException(
          "plugins folder " + folder + ": it does not exist; create it or name another one");
    }
    List<Path> jars = new ArrayList<>();
    try {
      if (Files.isRegularFile(folder)) {
        return List.of(folder.toRealPath());
      }
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path jar :
            (Iterable<Path>) entries.filter(PluginFolders::isPlugin).sorted()::iterator) {
          jars.add(jar.toRealPath());
        }
      }
    } catch (IOException e) {
      throw new BadInputException("plugins folder " + folder + ": it cannot be read: " + e, e);
    }
    if (jars.isEmpty()) {
      throw new BadInputException(
          "plugins folder "
              + folder
              + ": it holds no jar; build the plugin first (mvn package) or name another folder");
    }
    return jars;
  }

  /** Maven's target folder may be given too; it keeps these companions beside the plugin's jar. */
  private static boolean isPlugin(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jar")
        && Stream.of("-sources.jar", "-javadoc.jar", "-tests.jar").noneMatch(name::endsWith)
        && !name.startsWith("original-")
        && Files.isRegularFile(file);
  }
}
