package io.hone.engine.activation;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronAnswers;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/** The layers of one model under test that metrics look at, and a reader of all of them. */
public final class ObservedLayers implements AutoCloseable {
  /** Values that the images of some samples may have in memory: 64 MB. */
  private static final long MOST = 16 << 20;

  private final ModelCard card;
  private final Map<String, List<NeuronLayer>> chosen;
  private final List<NeuronLayer> all;
  private final ActivationReader reader;
  private final Run run;
  private final AtomicBoolean toldNan = new AtomicBoolean();

  private ObservedLayers(
      ModelCard card,
      Map<String, List<NeuronLayer>> chosen,
      List<NeuronLayer> all,
      ActivationReader reader,
      Run run) {
    this.card = card;
    this.chosen = chosen;
    this.all = all;
    this.reader = reader;
    this.run = run;
  }

  /**
   * Finds the layers of a model that a metric looks at.
   *
   * @param metric that looks inside, by its id
   * @param readable all layers of the model that can be read
   * @throws BadInputException if the model's values cannot be read, or the metric names a layer
   *     that it does not have
   */
  public static List<NeuronLayer> find(
      String metric, LayerChoice choice, List<NeuronLayer> readable, ModelCard card) {
    if (readable.isEmpty()) {
      throw new BadInputException(
          "the metric %s looks inside the model, but the backend of %s reads no values inside it; run an ONNX file, or remove the metric"
              .formatted(metric, card.name()));
    }
    return new LayerNames(metric, card.name(), readable).find(choice);
  }

  /**
   * Opens a reader of the layers that metrics look at.
   *
   * @param chosen layers of each metric that looks inside, by its id
   * @param readable all layers of the model that can be read
   * @param run to which a flag of trust is told
   */
  public static ObservedLayers open(
      Map<String, List<NeuronLayer>> chosen,
      List<NeuronLayer> readable,
      Classifier model,
      ModelCard card,
      Run run) {
    Set<NeuronLayer> wanted = new HashSet<>();
    chosen.values().forEach(wanted::addAll);
    List<NeuronLayer> all = readable.stream().filter(wanted::contains).toList();
    return new ObservedLayers(card, Map.copyOf(chosen), all, model.openActivations(all), run);
  }

  /** Returns the layers that a metric looks at; none for a metric that does not look inside. */
  public List<NeuronLayer> of(String metric) {
    return chosen.getOrDefault(metric, List.of());
  }

  /**
   * Starts reading the images of a unit, as many samples at once as memory allows.
   *
   * @param clean images of the unit
   * @param images how many images of each sample are looked at
   */
  public UnitActivations reading(ImageBatch clean, int images) {
    return new UnitActivations(this, clean, samplesAtOnce(images));
  }

  private int samplesAtOnce(int images) {
    long units = all.stream().mapToLong(NeuronLayer::units).sum();
    return Math.toIntExact(Math.max(1, MOST / (units * images)));
  }

  /**
   * Reads images of the profile, as many at once as memory allows.
   *
   * @param taker given the row of each image, in order, and the answers to it
   */
  public void profile(ImageBatch images, BiConsumer<Integer, NeuronAnswers> taker) {
    int most = samplesAtOnce(1);
    for (int from = 0; from < images.size(); from += most) {
      ImageBatch some = images.rows(from, Math.min(images.size(), from + most));
      List<Tensor> values = read(some);
      for (int row = 0; row < some.size(); row++) {
        long sample = some.sample(row);
        taker.accept(from + row, answers(values, row, () -> "the profile's sample " + sample));
      }
    }
  }

  /** Returns whether some answer was NaN so far. */
  public boolean sawNan() {
    return toldNan.get();
  }

  /** Returns the values of all layers for images. */
  List<Tensor> read(ImageBatch images) {
    return reader.read(images);
  }

  /**
   * Returns what the layers answer to one image, and tells where it is no number.
   *
   * @param values as {@link #read} gives them
   * @param row of the image
   * @param image as messages call it
   */
  NeuronAnswers answers(List<Tensor> values, int row, Supplier<String> image) {
    Map<String, float[]> rows = new HashMap<>();
    for (int layer = 0; layer < values.size(); layer++) {
      float[] answers = values.get(layer).row(row);
      rows.put(all.get(layer).name(), answers);
      if (!toldNan.get() && hasNan(answers) && toldNan.compareAndSet(false, true)) {
        run.distrust(nan(all.get(layer), image.get()));
      }
    }
    return new NeuronAnswers(rows);
  }

  private static boolean hasNan(float[] answers) {
    for (float answer : answers) {
      if (Float.isNaN(answer)) {
        return true;
      }
    }
    return false;
  }

  private TrustFlag nan(NeuronLayer layer, String image) {
    return new TrustFlag(
        TrustFlag.NAN_ACTIVATIONS,
        "Neurons of the layer %s of model '%s' answer with NaN, first to %s: figures of activations leave these answers out. Check the model file, and the pixel range on its card."
            .formatted(layer.name(), card.name(), image));
  }

  @Override
  public void close() {
    reader.close();
  }
}
