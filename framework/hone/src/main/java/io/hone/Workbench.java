package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.model.CardDraft;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.api.stability.Stability;
import io.hone.engine.context.Cancellation;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.RunServices;
import io.hone.engine.context.Silence;
import io.hone.engine.model.ModelLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * For tools that call components and models themselves: what a component is given to work with, and
 * models opened for the tool. Closing it closes these models.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class Workbench implements AutoCloseable {
  /** The name of the random streams and folders of work on a workbench. */
  private static final String TASK = "model";

  /**
   * How a workbench works.
   *
   * @param listener shows progress and notices
   * @param cancellation stops the work
   * @param threads granted to components
   */
  public record Settings(RunListener listener, Cancellation cancellation, int threads) {
    /** Returns the settings of work on one thread that is not shown. */
    public static Settings quiet() {
      return new Settings(Silence.INSTANCE, new Cancellation(), 1);
    }
  }

  private final Hone hone;
  private final Settings settings;
  private final ModelLibrary models;
  private final List<RunServices> supplied = new ArrayList<>();

  Workbench(Hone hone, Settings settings) {
    this.hone = hone;
    this.settings = settings;
    this.models = hone.ownLibrary();
  }

  private synchronized RunServices services(long seed, RunListener listener) {
    RunServices services = hone.services(seed, settings, listener, models);
    supplied.add(services);
    return services;
  }

  /** Returns a context for components that shows itself, with random streams keyed by a seed. */
  public Run run(long seed) {
    return hone.working(() -> services(seed, settings.listener()).forTask(TASK));
  }

  /** Returns what is known of a model without its file. */
  public CardDraft draft(Path model) {
    return hone.working(() -> models.draft(reference(model)));
  }

  /** Returns a model's card, its gaps filled from the file, with what was assumed for it. */
  public CompletedCard completed(Path model) {
    return hone.working(() -> models.completed(reference(model)));
  }

  /** Fills the gaps of a card from its model's file. */
  public CompletedCard completed(CardDraft draft) {
    return hone.working(() -> models.completed(draft));
  }

  /**
   * Opens a model quietly as a card says, and closes it again.
   *
   * @throws BadInputException if the card does not fit the model's file
   */
  public void check(ModelCard card) {
    hone.working(
        () -> {
          models.check(card, quiet());
          return card;
        });
  }

  /** Opens a classifier; it stays open until this workbench is closed. */
  public Classifier classifier(Path model, Run run) {
    return hone.working(() -> models.openClassifier(reference(model), Optional.empty(), run));
  }

  /** Opens a classifier without showing anything; it stays open until this workbench is closed. */
  public Classifier quietClassifier(Path model) {
    return hone.working(() -> classifier(model, quiet()));
  }

  /** Returns the id of the backend that a card is opened on. */
  public String backend(ModelCard card) {
    return hone.working(() -> models.backend(card, Optional.empty()).descriptor().id());
  }

  /**
   * Opens a classifier quietly.
   *
   * @return what a user should know of how it was understood
   */
  public List<String> noticesOf(Path model) {
    return hone.working(
        () -> {
          RunServices services = services(0, Silence.INSTANCE);
          models.openClassifier(reference(model), Optional.empty(), services.forTask(TASK));
          return services.notices();
        });
  }

  private Run quiet() {
    return services(0, Silence.INSTANCE).forTask(TASK);
  }

  private static ModelReference reference(Path model) {
    return new ModelReference(model.toAbsolutePath().normalize());
  }

  @Override
  public void close() {
    supplied.forEach(RunServices::close);
    models.close();
  }
}
