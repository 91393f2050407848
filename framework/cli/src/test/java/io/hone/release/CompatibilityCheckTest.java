package io.hone.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hone.api.stability.Stability;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The comparison with an earlier jar leaves out the types that may change, and no others. */
class CompatibilityCheckTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));

  @ParameterizedTest
  @ValueSource(strings = {"plugin-api/api", "framework/hone"})
  void leavesOutWhatIsNotStable(String module) throws Exception {
    List<String> excluded =
        Pom.in(CHECKOUT.resolve(module))
            .texts(
                "profiles",
                "profile",
                "build",
                "plugins",
                "plugin",
                "configuration",
                "parameter",
                "excludes",
                "exclude");
    List<JavaClass> types =
        new ClassFileImporter()
            .importPath(CHECKOUT.resolve(module).resolve("target/classes")).stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .toList();

    assertThat(excluded).isNotEmpty();
    assertThat(types)
        .allSatisfy(
            type ->
                assertThat(
                        excluded.contains(type.getName())
                            || excluded.contains(type.getPackageName()))
                    .as("whether %s is excluded in the POM", type.getName())
                    .isEqualTo(!isStable(type)));
    assertThat(types)
        .flatExtracting(JavaClass::getName, JavaClass::getPackageName)
        .containsAll(excluded);
  }

  private static boolean isStable(JavaClass type) {
    return type.tryGetAnnotationOfType(Stability.class.getName())
        .flatMap(mark -> mark.get("value"))
        .map(JavaEnumConstant.class::cast)
        .filter(status -> status.name().equals("STABLE"))
        .isPresent();
  }
}
