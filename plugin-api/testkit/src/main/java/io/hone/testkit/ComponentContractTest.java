package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.component.Component;
import io.hone.api.component.Named;
import io.hone.api.component.Param;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every component: it is found, stateless, and described in words. */
public abstract class ComponentContractTest<P extends Record> {
  private static final String ID = "[a-z0-9]+(-[a-z0-9]+)*";
  private static final String SENTENCE = "(?s)\\p{Lu}.*\\.";

  private final Component<P> component;
  private final Class<?> extensionPoint;

  /** Creates the test of a component that is found as {@code extensionPoint}. */
  protected ComponentContractTest(Component<P> component, Class<?> extensionPoint) {
    this.component = component;
    this.extensionPoint = extensionPoint;
  }

  /** Returns parameters that the component works with on the images of this test. */
  protected abstract P parameters();

  @Test
  void isListedAmongTheServices() {
    Stream<Class<?>> listed =
        ServiceLoader.load(extensionPoint, component.getClass().getClassLoader()).stream()
            .map(ServiceLoader.Provider::type);
    assertThat(listed)
        .as(
            "META-INF/services/%s: the class needs @Extension and names %s in its own implements"
                + " clause, and the build names PF4J's annotation processor",
            extensionPoint.getName(), extensionPoint.getSimpleName())
        .contains(component.getClass());
  }

  @Test
  void isPublicWithAConstructorWithoutArguments() {
    assertThat(component.getClass()).isPublic();
    assertThat(component.getClass().getConstructors())
        .anyMatch(constructor -> constructor.getParameterCount() == 0);
  }

  @Test
  void keepsNoState() {
    Stream<Field> fields = Arrays.stream(component.getClass().getDeclaredFields());
    assertThat(fields.filter(field -> !field.isSynthetic()))
        .as("a component is stateless: many threads and runs share one instance")
        .allMatch(
            field ->
                Modifier.isFinal(field.getModifiers()) && Modifier.isStatic(field.getModifiers()));
  }

  @Test
  void isDescribedInSentences() {
    Named named = component.getClass().getAnnotation(Named.class);
    assertThat(named).as("@Named of " + component.getClass()).isNotNull();
    assertThat(named.id()).matches(ID);
    assertThat(named.summary()).matches(SENTENCE).hasSizeBetween(20, 200);
    for (RecordComponent parameter : parameters().getClass().getRecordComponents()) {
      Param param = parameter.getAnnotation(Param.class);
      assertThat(param).as("@Param of " + parameter).isNotNull();
      assertThat(param.value()).as("@Param of " + parameter).matches(SENTENCE);
    }
  }
}
