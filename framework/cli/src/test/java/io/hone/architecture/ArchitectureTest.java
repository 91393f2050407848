package io.hone.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.hone.testkit.jar.ExtensionListing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds what the compiler cannot see: native libraries and user interfaces stay in their modules,
 * packages have no circle, every extension is listed. Arrows between modules are dependencies of
 * their POMs, so a wrong one does not compile.
 */
class ArchitectureTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));

  private static JavaClasses hone;

  @BeforeAll
  static void importClasses() throws IOException {
    hone = new ClassFileImporter().importPaths(classFolders());
  }

  /** Returns the folders of main classes of all modules but the benchmarks, which come later. */
  private static List<Path> classFolders() throws IOException {
    try (Stream<Path> modules =
        Stream.of("plugin-api", "framework", "plugins")
            .map(CHECKOUT::resolve)
            .flatMap(ArchitectureTest::children)) {
      return modules
          .filter(module -> !module.endsWith("bench"))
          .map(module -> module.resolve("target/classes"))
          .filter(Files::isDirectory)
          .toList();
    }
  }

  private static Stream<Path> children(Path folder) {
    try (Stream<Path> children = Files.list(folder)) {
      return children.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "api",
        "numpy",
        "network",
        "testkit",
        "host",
        "scenario",
        "engine",
        "training",
        "onnx",
        "learning",
        "onnxruntime",
        "dl4j",
        "report",
        "cli",
        "plugins"
      })
  void everyPartWasSeen(String part) {
    assertThat(hone.that(resideInAPackage("io.hone." + part + "..")).size()).isGreaterThan(3);
  }

  @Test
  void pluginsCompileAgainstTheApiAlone() {
    check(
        classes()
            .that()
            .resideInAPackage("io.hone.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                "java..", "org.pf4j..", "org.slf4j..", "org.jspecify..", "io.hone.api.."));
    check(
        classes()
            .that()
            .resideInAPackage("io.hone.network..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.jspecify..", "io.hone.api..", "io.hone.network.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.hone.plugins..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.hone..")
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage(
                                "io.hone.api..",
                                "io.hone.numpy..",
                                "io.hone.network..",
                                "io.hone.plugins..")))));
  }

  @Test
  void nativeRuntimesStayInTheirModules() {
    onlyIn("ai.onnxruntime..", "io.hone.onnxruntime..");
    onlyIn("org.nd4j..", "io.hone.dl4j..");
    onlyIn("org.deeplearning4j..", "io.hone.dl4j..");
    onlyIn("org.bytedeco..", "io.hone.dl4j..");
    onlyIn("picocli..", "io.hone.cli..");
    onlyIn("gg.jte..", "io.hone.report..");
  }

  private static void onlyIn(String library, String home) {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackage(home)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("io.hone.(**)").should().beFreeOfCycles());
  }

  @Test
  void everyExtensionIsListed() throws IOException {
    int modules = 0;
    for (Path folder : classFolders()) {
      try (URLClassLoader loader =
          new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
        if (!ExtensionListing.assertComplete(folder, loader).isEmpty()) {
          modules++;
        }
      }
    }
    assertThat(modules).as("modules with components").isGreaterThanOrEqualTo(8);
  }

  private static void check(ArchRule rule) {
    rule.check(hone);
  }
}
