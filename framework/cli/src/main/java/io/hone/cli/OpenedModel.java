package io.hone.cli;

import io.hone.api.attack.Access;
import io.hone.api.backend.CompletedCard;
import io.hone.api.component.BadInputException;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.core.component.ComponentKind;
import io.hone.core.component.ComponentRegistry;
import io.hone.core.engine.AccessSurvey;
import io.hone.core.engine.Cancellation;
import io.hone.core.engine.DataFolder;
import io.hone.core.engine.RunListener;
import io.hone.core.engine.RunServices;
import io.hone.core.engine.Silence;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One model and what serves it outside of a scenario. */
final class OpenedModel implements AutoCloseable {
  private final ModelReference reference;
  private final Session session;
  private final Console console = Console.ofProcess();
  private final Cancellation cancellation = new Cancellation();

  OpenedModel(Path file, PluginOptions plugins) {
    this.reference = new ModelReference(file.toAbsolutePath().normalize());
    this.session = new Session(Installation.current(), plugins);
    Signals.cancelOn(cancellation);
  }

  /** Returns the model's card, or what its graph tells. */
  ModelCard card() {
    return session.models().card(reference);
  }

  /** Returns what is known of the model without its file. */
  CardDraft draft() {
    return session.models().draft(reference);
  }

  /** Returns the model's card with what was assumed for it. */
  CompletedCard completed() {
    return session.models().completed(reference);
  }

  /** Fills the gaps of a card from the model's file. */
  CompletedCard completed(CardDraft draft) {
    return session.models().completed(draft);
  }

  /**
   * Opens a model quietly as a card says.
   *
   * @throws BadInputException if the card does not fit the model's file
   */
  void check(ModelCard card) {
    session.models().check(card, services(0, Silence.INSTANCE).forTask("model"));
  }

  /** Returns the model's file or folder. */
  Path path() {
    return reference.path();
  }

  ComponentRegistry registry() {
    return session.host().registry();
  }

  /** Returns a run that shows itself to the user, with random streams keyed by the given seed. */
  Run run(long seed) {
    return services(seed, console).forTask("model");
  }

  /**
   * Opens the classifier.
   *
   * @throws BadInputException if it gives no gradients, with the reason and what works without
   */
  DifferentiableClassifier classifier(Run run) {
    Classifier opened = session.models().openClassifier(reference, Optional.empty(), run);
    if (opened instanceof DifferentiableClassifier differentiable) {
      return differentiable;
    }
    throw new BadInputException(
        opened
                .gradientObstacle()
                .orElse(card().file() + ": the backend that runs this model gives no gradients")
            + ". Of those installed: "
            + String.join(", ", attacksWithoutGradient()));
  }

  /** Returns the ids of the installed attacks that need no gradients. */
  List<String> attacksWithoutGradient() {
    return AccessSurvey.within(registry(), ComponentKind.ATTACK, Access.SCORES);
  }

  /** Returns the id of the backend that runs the model. */
  String backend() {
    return session.models().backend(card(), Optional.empty()).descriptor().id();
  }

  /** Returns why the classifier gives no gradients; empty if it gives them. */
  Optional<String> gradientObstacle() {
    Classifier opened =
        session
            .models()
            .openClassifier(
                reference, Optional.empty(), services(0, Silence.INSTANCE).forTask("model"));
    return opened instanceof DifferentiableClassifier
        ? Optional.empty()
        : opened.gradientObstacle().or(() -> Optional.of("the backend gives none for this model"));
  }

  /**
   * Opens the classifier quietly.
   *
   * @return what a user should know of how it was understood
   */
  List<String> notices() {
    RunServices services = services(0, Silence.INSTANCE);
    session.models().openClassifier(reference, Optional.empty(), services.forTask("model"));
    return services.notices();
  }

  private RunServices services(long seed, RunListener listener) {
    return new RunServices(
        seed,
        Runtime.getRuntime().availableProcessors(),
        DataFolder.of(Optional.empty()),
        Path.of("runs", "model").toAbsolutePath(),
        session.models(),
        listener,
        cancellation,
        new SimpleMeterRegistry());
  }

  @Override
  public void close() {
    session.close();
  }
}
