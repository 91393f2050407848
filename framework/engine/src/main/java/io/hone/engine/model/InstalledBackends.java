package io.hone.engine.model;

import io.hone.api.BadInputException;
import io.hone.api.ModelBackend;
import io.hone.api.model.ModelCard;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.OptionalComponents;
import io.hone.scenario.binding.ComponentParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The backends that can run models. */
final class InstalledBackends {
  private final ComponentRegistry registry;

  InstalledBackends(ComponentRegistry registry) {
    this.registry = registry;
  }

  /** Returns all of them. */
  @SuppressWarnings("unchecked") // the registry files only backends under this kind
  List<InstalledComponent<ModelBackend<Record>>> all() {
    return registry.all(ComponentKind.BACKEND).stream()
        .map(component -> (InstalledComponent<ModelBackend<Record>>) component)
        .toList();
  }

  /** Prepares all of them, so that what they lack shows before a model is made for them. */
  void prepare() {
    for (InstalledComponent<ModelBackend<Record>> installed : all()) {
      BoundComponent<ModelBackend<Record>> backend = withDefaults(installed);
      backend.instance().prepare(backend.parameters());
    }
  }

  /** Returns the backend that a card would be opened on. */
  BoundComponent<ModelBackend<Record>> choose(
      ModelCard card, Optional<BoundComponent<ModelBackend<Record>>> choice) {
    if (choice.isPresent()) {
      BoundComponent<ModelBackend<Record>> backend = choice.get();
      if (!backend.instance().accepts(card)) {
        throw new BadInputException(
            "the backend "
                + backend.descriptor().id()
                + " cannot run "
                + card.file()
                + "; leave the backend out, or name a card whose file it can run");
      }
      return backend;
    }
    return all().stream()
        .filter(backend -> backend.instance().accepts(card))
        .findFirst()
        .map(this::withDefaults)
        .orElseThrow(() -> new BadInputException(noneCanRun(card)));
  }

  private BoundComponent<ModelBackend<Record>> withDefaults(
      InstalledComponent<ModelBackend<Record>> backend) {
    return new ComponentParameters(registry).bind(backend, "{}");
  }

  private String noneCanRun(ModelCard card) {
    Set<String> installed = new TreeSet<>();
    all().forEach(backend -> installed.add(backend.descriptor().id()));
    List<String> words = new ArrayList<>();
    words.add("no installed backend can run " + card.file());
    words.add(
        "installed backends: " + (installed.isEmpty() ? "none" : String.join(", ", installed)));
    words.addAll(OptionalComponents.howToInstallOthers(ComponentKind.BACKEND, installed));
    return String.join("; ", words);
  }
}
