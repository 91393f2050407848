package io.hone.onnxruntime.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.learning.engine.Learner;
import io.hone.learning.engine.LearningBatch;
import io.hone.learning.engine.LearningRequest;
import io.hone.learning.engine.Objective;
import io.hone.learning.engine.Subject;
import io.hone.learning.engine.Targets;
import io.hone.learning.loop.TrainingSession;
import io.hone.learning.network.Weights;
import io.hone.learning.network.architecture.SelfAttention;
import io.hone.network.Activated;
import io.hone.network.Activation;
import io.hone.network.GlobalPooling;
import io.hone.network.Joint;
import io.hone.network.Layer;
import io.hone.network.LeakyRelu;
import io.hone.network.Network;
import io.hone.network.PRelu;
import io.hone.network.Padding;
import io.hone.network.PixelShuffle;
import io.hone.network.Value;
import io.hone.network.WeightSpec;
import io.hone.onnx.training.update.Adam;
import io.hone.onnx.training.update.GradientDescent;
import io.hone.onnx.training.update.UpdateRules;
import io.hone.testkit.TestArchitectures;
import io.hone.testkit.TestRun;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Trains networks that are no chains. */
class GraphNetworkTrainingTest {
  private static final ImageShape SHAPE = new ImageShape(2, 8, 8);
  private static final int EXAMPLES = 6;
  private static final int CLASSES = 3;

  /** Has every layer that today's chains do not have. */
  private static final UnaryOperator<Value> EVERY_LAYER =
      image -> {
        Value x =
            image
                .then(new Layer.Convolution(8, 3, 1, Padding.SAME, Activation.NONE))
                .then(new PRelu(true));
        Value halved =
            x.then(new Layer.Convolution(16, 2, 2, Padding.VALID, Activation.NONE))
                .then(new LeakyRelu(0.2f));
        Value attended = SelfAttention.of(halved);
        Value shuffled = attended.then(new PixelShuffle(2));
        Value gate = x.then(new Layer.Convolution(1, 1, 1, Padding.SAME, Activation.SIGMOID));
        Value joined =
            x.then(new Joint.Multiply(), gate)
                .then(new Joint.Concatenate(), shuffled)
                .then(new Activated(Activation.TANH));
        return joined
            .then(new GlobalPooling(GlobalPooling.Kind.AVERAGE))
            .then(new Layer.Dense(CLASSES, Activation.NONE));
      };

  private static Subject.Layers subject(Network network) {
    Weights start = Weights.start(network, TrainingSession.start(8));
    Map<String, float[]> values = new LinkedHashMap<>(start.values());
    values.replaceAll(GraphNetworkTrainingTest::awayFromZero);
    return new Subject.Layers(network, new Weights(values));
  }

  /** Gains start at 0, and projections near it, where what is before them has no slope to see. */
  private static float[] awayFromZero(String name, float[] numbers) {
    if (name.startsWith("gain")) {
      return new float[] {0.7f};
    }
    float largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Math.abs(number));
    }
    float[] scaled = numbers.clone();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= largest < 0.1f ? 60 : 1;
    }
    return scaled;
  }

  private static Learner open(Subject subject, UpdateRules rules) {
    return new OnnxRuntimeEngine()
        .open(
            new LearningRequest(
                subject,
                Objective.CrossEntropy.plain(),
                rules,
                OptionalInt.of(1),
                1,
                EXAMPLES,
                false),
            new TestRun(1));
  }

  private static LearningBatch batch(ImageShape shape) {
    SplittableRandom random = new SplittableRandom(6);
    Tensor images = Tensor.images(EXAMPLES, shape);
    int[] classes = new int[EXAMPLES];
    for (int row = 0; row < EXAMPLES; row++) {
      classes[row] = row % CLASSES;
      for (int feature = 0; feature < shape.features(); feature++) {
        images.set(row, feature, (float) random.nextDouble());
      }
    }
    return new LearningBatch(images, new Targets.Classes(classes), Map.of());
  }

  @Test
  void everyWeightFollowsTheSlopeOfTheLoss() {
    Subject.Layers subject = subject(Network.of(SHAPE, EVERY_LAYER));
    float rate = 0.1f;
    try (Learner learner = open(subject, UpdateRules.of(new GradientDescent(0, false)))) {
      Map<String, float[]> before = learner.weights();
      learner.step(batch(SHAPE), rate);
      Map<String, float[]> after = learner.weights();
      for (WeightSpec spec : subject.network().weights()) {
        float[] old = before.get(spec.name());
        float[] moved = after.get(spec.name());
        double norm = 0;
        for (int i = 0; i < old.length; i++) {
          double slope = (old[i] - moved[i]) / rate;
          norm += slope * slope;
        }
        norm = Math.sqrt(norm);
        assertThat(norm).as(spec.name()).isGreaterThan(1e-5);
        // A small step, since pools and slopes bend. Along its own gradient a loss rises as fast as
        // the gradient is long.
        double step = 1e-3;
        double up = lossAt(learner, before, spec.name(), moved, step / (rate * norm));
        double down = lossAt(learner, before, spec.name(), moved, -step / (rate * norm));
        assertThat((up - down) / (2 * step))
            .as(spec.name())
            .isCloseTo(norm, within(0.03 * norm + 1e-5));
      }
    }
  }

  /** Returns the loss with one weight moved against its step, so many times as far. */
  private static double lossAt(
      Learner learner, Map<String, float[]> weights, String name, float[] moved, double times) {
    float[] old = weights.get(name);
    float[] other = new float[old.length];
    for (int i = 0; i < old.length; i++) {
      other[i] = (float) (old[i] + times * (old[i] - moved[i]));
    }
    Map<String, float[]> changed = new LinkedHashMap<>(weights);
    changed.put(name, other);
    learner.load(changed);
    return learner.measure(batch(SHAPE)).loss();
  }

  @Test
  void aResidualNetworkLearnsItsExamples() {
    ImageShape shape = new ImageShape(3, 32, 32);
    try (Learner learner =
        open(
            subject(TestArchitectures.classifier("resnet20").network(shape, CLASSES)),
            UpdateRules.of(Adam.usual()))) {
      double first = learner.step(batch(shape), 0.01).values().iterator().next();
      double last = first;
      for (int step = 0; step < 12; step++) {
        last = learner.step(batch(shape), 0.01).values().iterator().next();
      }
      assertThat(last).isLessThan(first / 3);
    }
  }
}
