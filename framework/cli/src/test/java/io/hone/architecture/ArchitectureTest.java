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

/** Holds the arrows between modules and packages, over the classes that were really built. */
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
      throw new java.io.UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "io.hone.api",
        "io.hone.testkit",
        "io.hone.core",
        "io.hone.onnx",
        "io.hone.dl4j",
        "io.hone.report",
        "io.hone.cli",
        "io.hone.plugins"
      })
  void everyPartWasSeen(String root) {
    assertThat(hone.that(resideInAPackage(root + "..")).size()).isGreaterThan(3);
  }

  @Test
  void pluginsCompileAgainstTheApiAlone() {
    check(
        classes()
            .that()
            .resideInAPackage("io.hone.api..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "org.pf4j..", "org.slf4j..", "io.hone.api.."));
    check(
        noClasses()
            .that()
            .resideInAPackage("io.hone.plugins..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.hone..")
                    .and(
                        DescribedPredicate.not(
                            resideInAnyPackage("io.hone.api..", "io.hone.plugins..")))));
  }

  @Test
  void nativeRuntimesStayInTheirModules() {
    onlyIn("ai.onnxruntime..", "io.hone.onnx.runtime..");
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
  void differentiationIsALibraryOfItsOwn() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.hone.onnx..")
            .and()
            .resideOutsideOfPackage("io.hone.onnx.runtime..")
            .should()
            .dependOnClassesThat(
                resideInAPackage("io.hone..")
                    .and(DescribedPredicate.not(resideInAPackage("io.hone.onnx.."))))
            .orShould()
            .dependOnClassesThat(resideInAPackage("io.hone.onnx.runtime..")));
  }

  @Test
  void arrowsPointDown() {
    check(
        noClasses()
            .that()
            .resideInAPackage("io.hone.core..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.hone.onnx..",
                "io.hone.dl4j..",
                "io.hone.report..",
                "io.hone.cli..",
                "io.hone.testkit.."));
    check(
        noClasses()
            .that()
            .resideInAnyPackage("io.hone.onnx..", "io.hone.dl4j..", "io.hone.report..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.hone.cli.."));
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
