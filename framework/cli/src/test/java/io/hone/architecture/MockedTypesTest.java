package io.hone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Mockito stands in where Hone ends: for what watches a run, never for a part of Hone. */
class MockedTypesTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));
  private static final Set<String> EDGES =
      Set.of("RunListener", "Progress", "MeterRegistry", "Clock", "HttpHandler");
  private static final String LIBRARY = "import (static )?org\\.mockito\\..*";
  private static final Pattern MOCK = Pattern.compile("(\\w+) \\w+ =\\s+mock\\(\\)");
  private static final Pattern OTHER =
      Pattern.compile("\\b(mock\\([^)]|mockStatic|mockConstruction|spy\\(|@Mock|@Spy)");

  @Test
  void onlyTheEdgesOfTheProcessAreMocked() throws IOException {
    List<Path> users;
    try (Stream<Path> modules =
        Stream.of("plugin-api", "framework", "plugins").map(CHECKOUT::resolve)) {
      users =
          modules
              .flatMap(MockedTypesTest::testSources)
              .filter(MockedTypesTest::usesMockito)
              .toList();
    }
    assertThat(users).isNotEmpty();
    assertThat(users)
        .allSatisfy(
            file -> {
              String source = Files.readString(file);
              assertThat(MOCK.matcher(source).results().map(found -> found.group(1)))
                  .isSubsetOf(EDGES);
              assertThat(OTHER.matcher(source).results().map(found -> found.group())).isEmpty();
            });
  }

  private static Stream<Path> testSources(Path group) {
    try (Stream<Path> modules = Files.list(group)) {
      return modules
          .map(module -> module.resolve("src/test/java"))
          .filter(Files::isDirectory)
          .toList()
          .stream()
          .flatMap(MockedTypesTest::files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean usesMockito(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.anyMatch(line -> line.matches(LIBRARY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
