package io.hone.engine.activation;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

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
   * Finds the layers of a model that metrics look at.
   *
   * @param choices of the metrics that look inside, at least one, by their ids
   * @param shape of the images
   * @param run to which a flag of trust is told
   * @throws BadInputException if the model's values cannot be read, or a metric names a layer that
   *     it does not have
   */
  public static ObservedLayers open(
      Map<String, LayerChoice> choices,
      Classifier model,
      ModelCard card,
      ImageShape shape,
      Run run) {
    List<NeuronLayer> readable = model.layers(shape);
    if (readable.isEmpty()) {
      throw new BadInputException(
          "the metric %s looks inside the model, but the backend of %s reads no values inside it; run an ONNX file, or remove the metric"
              .formatted(String.join(" and ", choices.keySet()), card.name()));
    }
    Map<String, List<NeuronLayer>> chosen = new TreeMap<>();
    choices.forEach(
        (metric, choice) ->
            chosen.put(metric, new LayerNames(metric, card.name(), readable).find(choice.names())));
    Set<NeuronLayer> wanted = new HashSet<>();
    chosen.values().forEach(wanted::addAll);
    List<NeuronLayer> all = readable.stream().filter(wanted::contains).toList();
    return new ObservedLayers(card, chosen, all, model.openActivations(all), run);
  }

  /** Returns the layers that a metric looks at; none for a metric that does not look inside. */
  public List<NeuronLayer> of(String metric) {
    return chosen.getOrDefault(metric, List.of());
  }

  /** Returns all layers that metrics look at, in the order in which the network computes them. */
  List<NeuronLayer> all() {
    return all;
  }

  /**
   * Starts reading the images of a unit, as many samples at once as memory allows.
   *
   * @param clean images of the unit
   * @param images how many images of each sample are looked at
   */
  public UnitActivations reading(ImageBatch clean, int images) {
    long units = all.stream().mapToLong(NeuronLayer::units).sum();
    int samples = Math.toIntExact(Math.max(1, MOST / (units * images)));
    return new UnitActivations(this, clean, samples);
  }

  /** Returns the values of {@link #all} for images, and tells where they are no numbers. */
  List<Tensor> read(ImageBatch images) {
    List<Tensor> values = reader.read(images);
    for (int layer = 0; layer < values.size(); layer++) {
      for (int row = 0; row < images.size() && !toldNan.get(); row++) {
        if (hasNan(values.get(layer), row) && toldNan.compareAndSet(false, true)) {
          run.distrust(nan(all.get(layer), images.sample(row)));
        }
      }
    }
    return values;
  }

  private static boolean hasNan(Tensor values, int row) {
    for (int unit = 0; unit < values.rowSize(); unit++) {
      if (Float.isNaN(values.get(row, unit))) {
        return true;
      }
    }
    return false;
  }

  private TrustFlag nan(NeuronLayer layer, long sample) {
    return new TrustFlag(
        TrustFlag.NAN_ACTIVATIONS,
        "Neurons of the layer %s of model '%s' answer with NaN, first to sample %d: figures of activations leave these answers out. Check the model file, and the pixel range on its card."
            .formatted(layer.name(), card.name(), sample));
  }

  @Override
  public void close() {
    reader.close();
  }
}
