package io.hone.learning.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.ImageShape;
import io.hone.learning.network.architecture.LeNet5;
import io.hone.learning.network.architecture.StackedConvolutionalAutoencoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Published trainings start with these numbers: a change of a bit changes every trained model. */
class StartWeightsTest {
  @Test
  void lenetStartsAsItAlwaysDid() throws NoSuchAlgorithmException {
    ImageShape digit = new ImageShape(1, 28, 28);
    assertThat(digest(Network.of(digit, new LeNet5().layers(digit, 10))))
        .isEqualTo("3e0e3609dd8fba3f11ea4f4fbb5a389b5b14440eb7e860da6c5a6e6f7bfa2a12");
  }

  @Test
  void stackedAutoencoderStartsAsItAlwaysDid() throws NoSuchAlgorithmException {
    ImageShape colour = new ImageShape(3, 32, 32);
    Network network = Network.of(colour, new StackedConvolutionalAutoencoder().layers(colour, 0));
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
}
