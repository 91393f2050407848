package io.hone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** NullAway passes over a package without a mark, so no package of these modules may lack it. */
class NullMarkedTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));
  private static final String MARK = "org.jspecify.annotations.NullMarked";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plugin-api/api",
        "plugin-api/numpy",
        "plugin-api/network",
        "plugin-api/testkit",
        "framework/host",
        "framework/scenario",
        "framework/engine",
        "framework/training",
        "framework/report",
        "framework/hone",
        "plugins/gradient-attacks",
        "plugins/generative-attacks",
        "plugins/noise-attacks",
        "plugins/black-box-attacks",
        "plugins/ensembles",
        "plugins/stored-examples",
        "plugins/coverage",
        "plugins/improvers",
        "plugins/defenses"
      })
  void everyPackageIsMarked(String module) {
    JavaClasses types =
        new ClassFileImporter().importPath(CHECKOUT.resolve(module).resolve("target/classes"));
    assertThat(types).isNotEmpty();
    assertThat(types.stream().map(JavaClass::getPackage).collect(Collectors.toSet()))
        .filteredOn(home -> home.tryGetAnnotationOfType(MARK).isEmpty())
        .extracting(JavaPackage::getName)
        .isEmpty();
  }
}
