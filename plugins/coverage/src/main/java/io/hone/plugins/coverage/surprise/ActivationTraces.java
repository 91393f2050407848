package io.hone.plugins.coverage.surprise;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.NeuronAnswers;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.ProfiledImage;
import io.hone.plugins.coverage.Neurons;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What chosen neurons answer to ordinary images, and which class the model gives them. An image
 * without a class, or with an answer of NaN, is left out.
 */
final class ActivationTraces implements ActivationProfile {
  /** The traces may take this share of Java's memory. */
  private static final int SHARE_OF_MEMORY = 4;

  private final List<NeuronLayer> layers;
  private final Neurons neurons;
  private final double leastVariance;
  private final long most;

  /** By their samples: what is computed from them depends on the order. */
  private final Map<Long, Trace> traces = new TreeMap<>();

  /** What the traces were last compared by; empty after a trace came in. */
  private Optional<OrdinaryTraces> ordinary = Optional.empty();

  /** Answers of all chosen layers, one after the other, and the class of the image. */
  private record Trace(int prediction, float[] answers) {}

  /**
   * Starts with no image.
   *
   * @param leastVariance of neurons that densities are estimated of
   * @param memory that Java has, in bytes
   */
  ActivationTraces(List<NeuronLayer> layers, Neurons neurons, double leastVariance, long memory) {
    this.layers = layers;
    this.neurons = neurons;
    this.leastVariance = leastVariance;
    this.most = memory / SHARE_OF_MEMORY / Float.BYTES / Math.max(1, length());
  }

  /** Returns how many numbers a trace has. */
  int length() {
    return layers.stream().mapToInt(neurons::count).sum();
  }

  /** Returns the trace of an image; empty where an answer is NaN. */
  Optional<float[]> trace(NeuronAnswers answers) {
    float[] trace = new float[length()];
    int first = 0;
    for (NeuronLayer layer : layers) {
      float[] outputs = neurons.outputs(layer, answers.of(layer));
      System.arraycopy(outputs, 0, trace, first, outputs.length);
      first += outputs.length;
    }
    for (float answer : trace) {
      if (Float.isNaN(answer)) {
        return Optional.empty();
      }
    }
    return Optional.of(trace);
  }

  /** Returns all traces, ready for comparisons of several threads. */
  synchronized OrdinaryTraces ordinary() {
    if (ordinary.isEmpty()) {
      ordinary = Optional.of(new OrdinaryTraces(matrix(), leastVariance));
    }
    return ordinary.get();
  }

  private TraceMatrix matrix() {
    List<float[]> rows = new ArrayList<>();
    List<Integer> classes = new ArrayList<>();
    for (Trace trace : traces.values()) {
      rows.add(trace.answers());
      classes.add(trace.prediction());
    }
    return new TraceMatrix(List.copyOf(rows), List.copyOf(classes));
  }

  @Override
  public void add(ProfiledImage image) {
    if (image.prediction() >= 0) {
      trace(image.answers())
          .ifPresent(answers -> put(image.sample(), new Trace(image.prediction(), answers)));
    }
  }

  private synchronized void put(long sample, Trace trace) {
    traces.put(sample, trace);
    ordinary = Optional.empty();
    if (traces.size() > most) {
      throw new BadInputException(
          String.format(
              Locale.ROOT,
              "surprise keeps %,d numbers of each image of the profile, and memory allows %,d images; select fewer images for the profile, or name a smaller layer",
              length(),
              most));
    }
  }

  @Override
  public void merge(ActivationProfile other) {
    ((ActivationTraces) other).traces.forEach(this::put);
  }

  @Override
  public void write(DataOutput output) throws IOException {
    output.writeInt(traces.size());
    for (Map.Entry<Long, Trace> trace : traces.entrySet()) {
      output.writeLong(trace.getKey());
      output.writeInt(trace.getValue().prediction());
      for (float answer : trace.getValue().answers()) {
        output.writeFloat(answer);
      }
    }
  }

  @Override
  public void read(DataInput input) throws IOException {
    int count = input.readInt();
    for (int index = 0; index < count; index++) {
      long sample = input.readLong();
      int prediction = input.readInt();
      float[] answers = new float[length()];
      for (int neuron = 0; neuron < answers.length; neuron++) {
        answers[neuron] = input.readFloat();
      }
      put(sample, new Trace(prediction, answers));
    }
  }
}
