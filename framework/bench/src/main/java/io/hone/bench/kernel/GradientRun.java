package io.hone.bench.kernel;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.hone.onnx.gradient.AttackLoss;
import io.hone.onnx.gradient.DifferentiatedModel;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.graph.Value;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The gradient of a convolution to one of its inputs, without the forward pass, on one thread. What
 * counts is the thread's processor time, which other work on the machine disturbs less.
 */
public final class GradientRun implements AutoCloseable {
  private final OrtSession session;
  private final Map<String, OnnxTensor> feeds = new HashMap<>();
  private final List<Double> milliseconds = new ArrayList<>();
  private float[] gradient = new float[0];

  /**
   * Opens the gradient graph.
   *
   * @param input {@code image} or {@code kernel}
   */
  public GradientRun(ConvolutionShape shape, String input, GradientRegistry registry)
      throws OrtException {
    DifferentiatedModel differentiated =
        GradientGraph.of(shape.model())
            .input(input)
            .registry(registry)
            .loss(AttackLoss.cotangent())
            .build();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(gradientAlone(differentiated).toBytes(), options);
    }
    feeds.put("image", numbers(environment, 1, shape.images()));
    feeds.put("kernel", numbers(environment, 2, shape.kernels()));
    feeds.put(differentiated.lossInput(), numbers(environment, 3, shape.batch(), shape.features()));
    feeds.keySet().retainAll(session.getInputNames());
  }

  private static OnnxModel gradientAlone(DifferentiatedModel differentiated) {
    GraphEditor graph = GraphEditor.of(differentiated.model());
    graph.clearOutputs();
    graph.output(new Value(differentiated.gradient()), ElementType.FLOAT, null);
    graph.prune();
    return graph.build("gradient");
  }

  private static OnnxTensor numbers(OrtEnvironment environment, long seed, long... shape)
      throws OrtException {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 1;
    for (long size : shape) {
      count = Math.multiplyExact(count, Math.toIntExact(size));
    }
    FloatBuffer content =
        ByteBuffer.allocateDirect(count * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    for (int i = 0; i < count; i++) {
      content.put(i, (float) random.nextDouble(-1, 1));
    }
    return OnnxTensor.createTensor(environment, content, shape);
  }

  /** Computes the gradient once. */
  public void take() throws OrtException {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try (OrtSession.Result result = session.run(feeds)) {
      long end = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      milliseconds.add((end - start) / 1e6);
      FloatBuffer content = ((OnnxTensor) result.get(0)).getFloatBuffer();
      gradient = new float[content.remaining()];
      content.get(gradient);
    }
  }

  /** Returns the median of all runs but the first, in milliseconds. */
  public double milliseconds() {
    List<Double> counted =
        milliseconds.subList(Math.min(1, milliseconds.size() - 1), milliseconds.size());
    return counted.stream()
        .sorted(Comparator.naturalOrder())
        .toList()
        .get((counted.size() - 1) / 2);
  }

  /**
   * Returns the largest difference of the last gradient to another run's, of its largest number.
   */
  public double difference(GradientRun other) {
    double largest = 0;
    double worst = 0;
    for (int i = 0; i < gradient.length; i++) {
      largest = Math.max(largest, Math.abs(other.gradient[i]));
      worst = Math.max(worst, Math.abs(gradient[i] - other.gradient[i]));
    }
    return worst / largest;
  }

  @Override
  public void close() throws OrtException {
    feeds.values().forEach(OnnxTensor::close);
    session.close();
  }
}
