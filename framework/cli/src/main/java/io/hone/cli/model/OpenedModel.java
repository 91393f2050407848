package io.hone.cli.model;

import io.hone.Hone;
import io.hone.Workbench;
import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageShape;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.victim.Access;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.Signals;
import io.hone.cli.text.Console;
import io.hone.engine.context.Cancellation;
import io.hone.engine.model.AccessSurvey;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One model and what serves it outside of a scenario. */
final class OpenedModel implements AutoCloseable {
  private final Path path;
  private final Hone hone;
  private final Workbench workbench;

  OpenedModel(Path file, PluginOptions plugins) {
    this.path = file.toAbsolutePath().normalize();
    Cancellation cancellation = new Cancellation();
    this.hone = plugins.open();
    this.workbench =
        hone.workbench(
            new Workbench.Settings(
                Console.ofProcess(), cancellation, Runtime.getRuntime().availableProcessors()));
    Signals.cancelOn(cancellation);
  }

  /** Returns the model's card, or what its graph tells. */
  ModelCard card() {
    return workbench.completed(path).card();
  }

  /** Returns what is known of the model without its file. */
  CardDraft draft() {
    return workbench.draft(path);
  }

  /** Returns the model's card with what was assumed for it. */
  CompletedCard completed() {
    return workbench.completed(path);
  }

  /** Fills the gaps of a card from the model's file. */
  CompletedCard completed(CardDraft draft) {
    return workbench.completed(draft);
  }

  /**
   * Opens a model quietly as a card says.
   *
   * @throws BadInputException if the card does not fit the model's file
   */
  void check(ModelCard card) {
    workbench.check(card);
  }

  /** Returns the model's file or folder. */
  Path path() {
    return path;
  }

  ComponentRegistry registry() {
    return hone.components();
  }

  /** Returns a run that shows itself to the user, with random streams keyed by the given seed. */
  Run run(long seed) {
    return workbench.run(seed);
  }

  /**
   * Opens the classifier.
   *
   * @throws BadInputException if it gives no gradients, with the reason and what works without
   */
  DifferentiableClassifier classifier(Run run) {
    Classifier opened = workbench.classifier(path, run);
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

  /** Returns the values inside the model that metrics can look at; none if none can be read. */
  List<NeuronLayer> layers(ImageShape shape) {
    return workbench.quietClassifier(path).layers(shape);
  }

  /** Returns the ids of the installed attacks that need no gradients. */
  List<String> attacksWithoutGradient() {
    return AccessSurvey.within(registry(), ComponentKind.ATTACK, Access.SCORES);
  }

  /** Returns the id of the backend that runs the model. */
  String backend() {
    return workbench.backend(card());
  }

  /** Returns why the classifier gives no gradients; empty if it gives them. */
  Optional<String> gradientObstacle() {
    Classifier opened = workbench.quietClassifier(path);
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
    return workbench.noticesOf(path);
  }

  @Override
  public void close() {
    workbench.close();
    hone.close();
  }
}
