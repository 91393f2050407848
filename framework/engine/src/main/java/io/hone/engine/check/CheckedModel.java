package io.hone.engine.check;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.ModelCard;
import io.hone.engine.step.UnitInput;
import java.util.List;
import java.util.Optional;

/** A model under test with the samples that the checks look at. */
public final class CheckedModel {
  /**
   * A model that a check compares with another one.
   *
   * @param name told to the user
   * @param classifier that is open
   */
  public record Twin(String name, Classifier classifier) {}

  private final String clean;
  private final Classifier classifier;
  private final ModelCard card;
  private final List<Twin> twins;
  private final UnitInput samples;
  private final CheckTools tools;
  private Optional<Repeats> repeats = Optional.empty();

  CheckedModel(
      String clean,
      Classifier classifier,
      ModelCard card,
      List<Twin> twins,
      UnitInput samples,
      CheckTools tools) {
    this.clean = clean;
    this.classifier = classifier;
    this.card = card;
    this.twins = List.copyOf(twins);
    this.samples = samples;
    this.tools = tools;
  }

  /** Returns the name of the data set's own images, as this model sees them. */
  String clean() {
    return clean;
  }

  Classifier classifier() {
    return classifier;
  }

  Optional<DifferentiableClassifier> differentiable() {
    return classifier instanceof DifferentiableClassifier with
        ? Optional.of(with)
        : Optional.empty();
  }

  ModelCard card() {
    return card;
  }

  /** Returns models of the same classes that what fools them is tried on this model. */
  List<Twin> twins() {
    return twins;
  }

  int classes() {
    return classifier.classes();
  }

  /** Returns the samples, which this model classifies correctly; at least one. */
  UnitInput samples() {
    return samples;
  }

  int size() {
    return samples.size();
  }

  CheckTools tools() {
    return tools;
  }

  /** Returns what the model answers when it is asked several times, asked once for all checks. */
  Repeats repeats() {
    if (repeats.isEmpty()) {
      repeats = Optional.of(Repeats.of(this));
    }
    return repeats.get();
  }

  /** Returns the logits of images, as many at once as the threads allow. */
  Tensor logits(ImageBatch images) {
    Tensor logits = Tensor.zeros(images.size(), classes());
    tools
        .shards()
        .map(
            images.size(),
            (from, to) -> {
              tools.services().cancellation().check();
              logits.copyRows(from, classifier.logits(images.rows(from, to)), 0, to - from);
              return to - from;
            })
        .forEach(tools.watch()::asked);
    return logits;
  }

  /** Returns the classes of images, as many at once as the threads allow. */
  int[] predict(ImageBatch images) {
    int[] classes = new int[images.size()];
    tools
        .shards()
        .map(
            images.size(),
            (from, to) -> {
              tools.services().cancellation().check();
              int[] part = classifier.predict(images.rows(from, to));
              System.arraycopy(part, 0, classes, from, part.length);
              return to - from;
            })
        .forEach(tools.watch()::asked);
    return classes;
  }
}
