package io.hone.scenario.binding;

import io.hone.api.model.Task;
import io.hone.host.component.BoundClassifier;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.BoundImageToImage;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.ParameterDescriptor;
import io.hone.network.Architecture;
import io.hone.network.ArchitectureUse;
import io.hone.network.ClassifierUse;
import io.hone.network.ImageToImageUse;
import io.hone.scenario.yaml.YamlNode;
import io.hone.scenario.yaml.YamlScalar;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads parameters that are architectures of one task: an id alone, or {@code {use: resnet20, with:
 * {filters: 32}}}. An id alone stays an id alone in the plain form, as cards have it.
 */
public final class ArchitectureUseSyntax implements ValueSyntax {
  private final Task task;
  private final ComponentRegistry registry;
  private final ComponentSyntax fitting;

  /**
   * Creates the syntax of the architectures of a registry.
   *
   * @param task what their networks do
   */
  public ArchitectureUseSyntax(ComponentRegistry registry, Task task) {
    this.task = task;
    this.registry = registry;
    this.fitting =
        new ComponentSyntax(
            registry.only(ComponentKind.ARCHITECTURE, id -> fits(id, task)), "fitting");
  }

  private boolean fits(String id, Task wanted) {
    return registry
        .<Architecture<Record>>find(ComponentKind.ARCHITECTURE, id)
        .map(InstalledComponent::instance)
        .filter(architecture -> architecture.task() == wanted)
        .isPresent();
  }

  @Override
  public Class<?> type() {
    return switch (task) {
      case CLASSIFIER -> ClassifierUse.class;
      case IMAGE_TO_IMAGE -> ImageToImageUse.class;
    };
  }

  @Override
  public Optional<Bound<ArchitectureUse>> read(
      ParameterDescriptor parameter, Type type, YamlNode node, Binder binder) {
    Optional<YamlScalar> id = ComponentSyntax.id(node);
    if (id.isPresent() && isOfOtherTask(id.get().text())) {
      binder
          .diagnostics()
          .add(
              id.get().place(),
              "the architecture '%s' %s; '%s' takes an architecture that %s"
                  .formatted(id.get().text(), makes(other(task)), parameter.name(), makes(task)),
              fitting.installed(ComponentKind.ARCHITECTURE));
      return Optional.empty();
    }
    return fitting
        .<Architecture<Record>>read(ComponentKind.ARCHITECTURE, node, List.of(), binder)
        .map(
            bound ->
                new Bound<>(
                    use(bound.value()),
                    node instanceof YamlScalar ? bound.value().descriptor().id() : bound.plain()));
  }

  private boolean isOfOtherTask(String id) {
    return fits(id, other(task));
  }

  private static Task other(Task task) {
    return switch (task) {
      case CLASSIFIER -> Task.IMAGE_TO_IMAGE;
      case IMAGE_TO_IMAGE -> Task.CLASSIFIER;
    };
  }

  private static String makes(Task task) {
    return switch (task) {
      case CLASSIFIER -> "tells classes apart";
      case IMAGE_TO_IMAGE -> "returns images";
    };
  }

  private ArchitectureUse use(BoundComponent<Architecture<Record>> bound) {
    return switch (task) {
      case CLASSIFIER -> new BoundClassifier(bound);
      case IMAGE_TO_IMAGE -> new BoundImageToImage(bound);
    };
  }

  @Override
  public ObjectNode schema(Type type, SchemaParts parts) {
    return fitting.schema(ComponentKind.ARCHITECTURE, parts.node(), parts);
  }
}
