package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.Component;
import io.hone.api.stability.Stability;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentDescriptors;
import io.hone.host.component.ComponentKind;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.Bound;
import io.hone.scenario.binding.PathResolver;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.binding.UseSyntaxes;
import io.hone.scenario.binding.ValueSyntax;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for every component: it is found, stateless, and declared correctly. */
@Stability(value = Stability.Status.STABLE, since = "0.1.0")
public abstract class ComponentContractTest<P extends Record> {
  private final Component<P> component;
  private final Class<?> extensionPoint;

  /** Creates the test of a component that is found as {@code extensionPoint}. */
  protected ComponentContractTest(Component<P> component, Class<?> extensionPoint) {
    this.component = component;
    this.extensionPoint = extensionPoint;
  }

  /**
   * Returns parameters that the component works with on the images of this test: by default those
   * of its {@code example}. A component that needs files or models overrides it.
   */
  protected P parameters() {
    ComponentDescriptor descriptor = descriptor();
    Diagnostics diagnostics = new Diagnostics();
    PathResolver paths = new PathResolver(Path.of(""), Path.of(""));
    YamlNode example = YamlReader.parse(SourceText.ofOption("the example", descriptor.example()));
    Optional<P> bound =
        new Binder(paths, syntaxes(descriptor), diagnostics)
            .record(RecordShape.ofComponent(descriptor), example)
            .map(this::typed);
    diagnostics.throwIfAny();
    return bound.orElseThrow();
  }

  /** Components of the class path are looked for only where the component uses some of them. */
  private static List<ValueSyntax> syntaxes(ComponentDescriptor descriptor) {
    Set<ComponentKind> kinds =
        descriptor.parameters().stream()
            .flatMap(parameter -> parameter.uses().stream())
            .collect(Collectors.toSet());
    return UseSyntaxes.of(InstalledComponents.find(kinds));
  }

  @SuppressWarnings("unchecked") // the descriptor's parameter type is the component's own
  private P typed(Bound<?> parameters) {
    return (P) parameters.value();
  }

  private ComponentDescriptor descriptor() {
    ComponentKind kind =
        Arrays.stream(ComponentKind.values())
            .filter(candidate -> candidate.type() == extensionPoint)
            .findFirst()
            .orElseThrow();
    return ComponentDescriptors.read(component.getClass(), kind, "the contract test");
  }

  @Test
  void isListedAmongTheServices() {
    ContractRule.C1.check(
        component.getClass().getName(),
        () -> {
          Stream<Class<?>> listed =
              ServiceLoader.load(extensionPoint, component.getClass().getClassLoader()).stream()
                  .map(ServiceLoader.Provider::type);
          assertThat(listed)
              .as(
                  "META-INF/services/%s: the class needs @Extension and names %s in its own"
                      + " implements clause, and the build names PF4J's annotation processor",
                  extensionPoint.getName(), extensionPoint.getSimpleName())
              .contains(component.getClass());
        });
  }

  @Test
  void isDeclaredCorrectly() {
    ContractRule.C2.check(
        component.getClass().getName(),
        () -> {
          ComponentDescriptor descriptor = descriptor();
          assertThat(descriptor.parameterType()).isEqualTo(parameters().getClass());
          assertThat(descriptor.summary()).hasSizeBetween(20, 200);
        });
  }

  @Test
  void keepsNoState() {
    ContractRule.C3.check(
        component.getClass().getName(),
        () -> {
          Stream<Field> fields = Arrays.stream(component.getClass().getDeclaredFields());
          assertThat(fields.filter(field -> !field.isSynthetic()))
              .as("a component is stateless: many threads and runs share one instance")
              .allMatch(
                  field ->
                      Modifier.isFinal(field.getModifiers())
                          && Modifier.isStatic(field.getModifiers()));
        });
  }
}
