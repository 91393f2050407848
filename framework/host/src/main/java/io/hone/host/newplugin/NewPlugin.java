package io.hone.host.newplugin;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes a Maven project with one component, its contract test and an example of its use, that
 * builds and runs as it is.
 */
public final class NewPlugin {
  private static final String REPOSITORY = "honeRepository";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([a-zA-Z]+)}}");

  private final ProjectTemplate template;
  private final PluginNames names;
  private final Path repository;
  private final Map<String, String> values;

  /**
   * Creates a writer.
   *
   * @param kind of the component
   * @param repository the distribution's Maven repository with Hone's API and test kit
   * @param command how the user starts Hone, for the project's README
   */
  public NewPlugin(ComponentKind kind, PluginNames names, Path repository, String command) {
    this.template = ProjectTemplate.of(kind);
    this.names = names;
    this.repository = repository.toAbsolutePath().normalize();
    this.values =
        Map.ofEntries(
            Map.entry("kind", kind.word()),
            Map.entry("aKind", kind.withArticle()),
            Map.entry("contractTest", template.contractTest()),
            Map.entry("start", template.command()),
            Map.entry("startFile", template.startFile()),
            Map.entry("id", names.id()),
            Map.entry("package", names.packageName()),
            Map.entry("packagePath", names.packageName().replace('.', '/')),
            Map.entry("class", names.className()),
            Map.entry("honeVersion", honeVersion()),
            Map.entry("honeCommand", command));
  }

  /**
   * Writes the project.
   *
   * @param folder that does not exist yet or is empty
   * @return the files written
   * @throws BadInputException if the folder holds anything or cannot be written to
   */
  public List<Path> write(Path folder) {
    try {
      checkEmpty(folder);
      List<Path> written = new ArrayList<>();
      for (Map.Entry<String, String> file : files().entrySet()) {
        Path target = folder.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        written.add(Files.writeString(target, filled(template.text(file.getValue()), folder)));
      }
      return written;
    } catch (IOException e) {
      throw new BadInputException(
          folder + ": the project cannot be written there (" + e + "); name another folder", e);
    }
  }

  private Map<String, String> files() {
    String path = names.packageName().replace('.', '/') + "/";
    Map<String, String> files = new LinkedHashMap<>();
    files.put("pom.xml", "pom.xml");
    files.put("src/main/java/" + path + names.className() + ".java", "Component.java");
    template.helpers().forEach(file -> files.put("src/main/java/" + path + file, file));
    files.put("src/test/java/" + path + names.className() + "Test.java", "ComponentTest.java");
    files.put(template.startFile(), template.startFile());
    template.files().forEach(file -> files.put(file, file));
    files.put("README.md", "README.md");
    files.put(".gitignore", "gitignore");
    return files;
  }

  private static void checkEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new BadInputException(folder + ": this is a file; name a new folder");
    }
    try (Stream<Path> content = Files.list(folder)) {
      if (content.findAny().isPresent()) {
        throw new BadInputException(folder + ": the folder is not empty; name a new one");
      }
    }
  }

  /**
   * Returns the address of the repository as seen from a project, so that the project names no
   * folder of this machine where both are on one drive.
   */
  private String repositoryFrom(Path folder) {
    Path project = folder.toAbsolutePath().normalize();
    return project.getRoot().equals(repository.getRoot())
        ? "file://${project.basedir}/"
            + project.relativize(repository).toString().replace('\\', '/')
        : repository.toUri().toString();
  }

  private String filled(String template, Path folder) {
    return PLACEHOLDER
        .matcher(template)
        .replaceAll(
            match -> {
              String value =
                  match.group(1).equals(REPOSITORY)
                      ? repositoryFrom(folder)
                      : values.get(match.group(1));
              if (value == null) {
                throw new IllegalStateException("no value for the placeholder " + match.group());
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String honeVersion() {
    Properties versions = new Properties();
    try (InputStream text = NewPlugin.class.getResourceAsStream("versions.properties")) {
      versions.load(text);
      return versions.getProperty("hone");
    } catch (IOException e) {
      throw new UncheckedIOException("Hone's own version cannot be read", e);
    }
  }
}
