package io.hone.learning.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hone.api.data.ImageShape;
import io.hone.network.Activation;
import io.hone.network.Gain;
import io.hone.network.KernelStart;
import io.hone.network.Layer;
import io.hone.network.Network;
import io.hone.network.PRelu;
import io.hone.network.Padding;
import io.hone.network.WeightSpec;
import io.hone.testkit.TestArchitectures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Published trainings start with these numbers: a change of a bit changes every trained model. */
class StartWeightsTest {
  @Test
  void lenetStartsAsItAlwaysDid() throws NoSuchAlgorithmException {
    ImageShape digit = new ImageShape(1, 28, 28);
    assertThat(digest(TestArchitectures.classifier("lenet5").network(digit, 10)))
        .isEqualTo("3e0e3609dd8fba3f11ea4f4fbb5a389b5b14440eb7e860da6c5a6e6f7bfa2a12");
  }

  @Test
  void stackedAutoencoderStartsAsItAlwaysDid() throws NoSuchAlgorithmException {
    ImageShape colour = new ImageShape(3, 32, 32);
    Network network = TestArchitectures.imageToImage("stacked-conv").network(colour);
    assertThat(digest(network))
        .isEqualTo("0e7a6e32cce5df6d02a9262c3c3607262a23617a3fc04cd64a6463b05aa2cf8b");
  }

  private static String digest(Network network) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Weights.start(network, new SplittableRandom(11))
        .values()
        .forEach(
            (name, numbers) -> {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
              bytes.asFloatBuffer().put(numbers);
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  private static Layer.Convolution convolution() {
    return new Layer.Convolution(40, 3, 1, Padding.SAME, Activation.NONE);
  }

  @Test
  void kernelsStartAsTheirLayerSays() {
    Network network =
        Network.of(
            new ImageShape(3, 8, 6),
            List.of(
                convolution().startingWith(KernelStart.HE_UNIFORM),
                convolution().startingWith(KernelStart.SMALL_NORMAL),
                new Layer.BatchNormalization(1e-3f, new WeightSpec.Start.Normal(1, 0.02f)),
                new PRelu(true),
                new Gain(0)));
    Weights weights = Weights.start(network, new SplittableRandom(1));
    float limit = (float) Math.sqrt(6.0 / 27);
    float[] he = weights.get("conv1.kernel");
    assertThat(largest(he)).isLessThanOrEqualTo(limit).isGreaterThan(0.95f * limit);
    assertThat(deviation(he, 0)).isCloseTo(Math.sqrt(2.0 / 27), within(0.02));
    float[] normal = weights.get("conv2.kernel");
    assertThat(deviation(normal, 0)).isCloseTo(0.02, within(0.001));
    assertThat(largest(normal)).isGreaterThan(0.06f);
    assertThat(deviation(weights.get("norm1.gamma"), 1)).isCloseTo(0.02, within(0.01));
    assertThat(weights.get("prelu1.slope")).hasSize(40).containsOnly(0.25f);
    assertThat(weights.get("gain1.factor")).containsExactly(0);
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double deviation(float[] values, double mean) {
    double sum = 0;
    for (float value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }
}
