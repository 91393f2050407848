package io.hone.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever adds a module adds it to the bill of materials, and gives it a name of its own. */
class ReleasedModulesTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));

  private static Pom root;
  private static Pom billOfMaterials;
  private static List<Pom> modules;

  @BeforeAll
  static void readPoms() throws Exception {
    root = Pom.in(CHECKOUT);
    billOfMaterials = Pom.in(CHECKOUT.resolve("framework/bom"));
    modules = root.jars();
  }

  @Test
  void theBillOfMaterialsHasEveryModule() {
    assertThat(modules).hasSizeGreaterThan(20);
    assertThat(
            billOfMaterials.texts(
                "dependencyManagement", "dependencies", "dependency", "artifactId"))
        .containsExactlyInAnyOrderElementsOf(modules.stream().map(Pom::artifactId).toList());
    assertThat(billOfMaterials.text("version")).isEqualTo(root.text("version"));
  }

  @Test
  void theBillOfMaterialsPinsNothingElse() {
    assertThat(billOfMaterials.text("parent")).as("a parent's versions are imported too").isEmpty();
  }

  /**
   * A parent's choice of versions reaches nobody who depends on a module; SECURITY.md tells why.
   */
  @Test
  void patchedReleasesReachWhoeverTrainsFromAProgram() throws Exception {
    assertThat(
            Pom.in(CHECKOUT.resolve("framework/dl4j"))
                .texts("dependencies", "dependency", "artifactId"))
        .contains("commons-io", "commons-lang3");
  }

  @Test
  void everyModuleIsNamedAfterItsPackages() {
    assertThat(modules)
        .allSatisfy(
            module -> {
              String name = module.text("properties", "hone.module");
              assertThat(name).as("hone.module of " + module.artifactId()).startsWith("io.hone");
              assertThat(module.folder().resolve("src/main/java").resolve(name.replace('.', '/')))
                  .isDirectory();
            })
        .extracting(module -> module.text("properties", "hone.module"))
        .doesNotHaveDuplicates();
  }
}
