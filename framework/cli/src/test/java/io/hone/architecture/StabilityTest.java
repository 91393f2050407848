package io.hone.architecture;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.hone.api.data.Tensor;
import io.hone.api.stability.Stability;
import io.hone.engine.RunResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every type that others compile against tells how long they can rely on it. */
class StabilityTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));

  /** The modules that others compile against. */
  private static final List<String> MODULES =
      List.of(
          "plugin-api/api",
          "plugin-api/numpy",
          "plugin-api/network",
          "plugin-api/testkit",
          "framework/hone");

  private static JavaClasses types;

  @BeforeAll
  static void importClasses() {
    types =
        new ClassFileImporter()
            .importPaths(
                MODULES.stream()
                    .map(module -> CHECKOUT.resolve(module).resolve("target/classes"))
                    .toList());
  }

  @Test
  void everyPublicTypeHasAMark() {
    List<JavaClass> visible = publicTypes().toList();
    assertThat(visible).hasSizeGreaterThan(100);
    assertThat(visible)
        .filteredOn(type -> status(type).isEmpty())
        .extracting(JavaClass::getName)
        .isEmpty();
  }

  @Test
  void noStableTypeNamesATypeWithoutAPromise() {
    List<JavaClass> stable =
        types.stream()
            .filter(StabilityTest::isVisible)
            .filter(type -> status(outermost(type)).equals(Optional.of("STABLE")))
            .toList();
    assertThat(stable).hasSizeGreaterThan(50);
    assertThat(stable).flatExtracting(StabilityTest::withoutPromise).isEmpty();
  }

  @Test
  void aTypeWithoutAPromiseIsFoundInSignatures() {
    JavaClass type = new ClassFileImporter().importClass(NamesTheEngine.class);
    assertThat(withoutPromise(type))
        .containsExactly(NamesTheEngine.class.getName() + " names " + RunResult.class.getName());
  }

  private static Stream<JavaClass> publicTypes() {
    return types.stream()
        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
        .filter(JavaClass::isTopLevelClass);
  }

  /** Nested types are visible where the types around them are. */
  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(StabilityTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static Set<String> withoutPromise(JavaClass type) {
    Set<String> found = new TreeSet<>();
    signature(type)
        .map(JavaClass::getBaseComponentType)
        .map(StabilityTest::outermost)
        .filter(named -> named.getPackageName().startsWith("io.hone"))
        .filter(named -> !named.equals(outermost(type)))
        .filter(named -> status(named).filter(not("INTERNAL"::equals)).isEmpty())
        .forEach(named -> found.add(type.getName() + " names " + named.getName()));
    return found;
  }

  /** Returns the types that whoever uses a type must know. */
  private static Stream<JavaClass> signature(JavaClass type) {
    Stream<JavaType> parents = Stream.concat(type.getSuperclass().stream(), interfaces(type));
    Stream<JavaType> members =
        type.getMembers().stream()
            .filter(member -> isVisible(member.getModifiers()))
            .flatMap(StabilityTest::types);
    return Stream.of(parents, members, type.getTypeParameters().stream())
        .flatMap(types -> types)
        .flatMap(named -> named.getAllInvolvedRawTypes().stream());
  }

  private static Stream<JavaType> interfaces(JavaClass type) {
    return type.getInterfaces().stream();
  }

  private static Stream<JavaType> types(JavaMember member) {
    if (member instanceof JavaCodeUnit code) {
      return Stream.of(
              Stream.of(code.getReturnType()),
              code.getParameterTypes().stream(),
              code.getTypeParameters().stream(),
              code.getExceptionTypes().stream())
          .flatMap(types -> types);
    }
    return member.getAllInvolvedRawTypes().stream().map(type -> type);
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(StabilityTest::outermost).orElse(type);
  }

  private static Optional<String> status(JavaClass type) {
    return type.tryGetAnnotationOfType(Stability.class.getName())
        .flatMap(StabilityTest::value)
        .map(JavaEnumConstant::name);
  }

  private static Optional<JavaEnumConstant> value(JavaAnnotation<?> mark) {
    return mark.get("value").map(JavaEnumConstant.class::cast);
  }

  /** Names a type of the engine, which promises nothing, inside another type. */
  @SuppressWarnings("unused") // read from its class file
  private interface NamesTheEngine {
    List<RunResult> results(Tensor images);
  }
}
