package io.hone.onnxruntime.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Networks;
import io.hone.onnx.support.families.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Models made odd at random: whatever a file holds, the library ends in time, in success or in an
 * error of its own. Seeds are fixed, so that what fails here fails again.
 */
class FuzzTest {
  private static final int FILES = 400;
  private static final int MODELS_PER_MUTATION = 10;

  private static final Set<String> FAMILIES =
      Set.of("VGG", "ShuffleNet v2", "ViT", "Inception v3", "Keras", "MobileNet v3");

  /** Small networks that hold many operators and forms. */
  static List<OnnxModel> networks() {
    List<OnnxModel> networks = new ArrayList<>();
    networks.add(Networks.lenet("MaxPool"));
    networks.add(Networks.opset9());
    Family.all().stream()
        .filter(family -> FAMILIES.contains(family.name()))
        .forEach(family -> networks.add(family.network().apply(family.variants().get(1))));
    return networks;
  }

  @Test
  void bytesChangedOrCutOff() {
    List<OnnxModel> networks = networks();
    Random random = new Random(101);
    int accepted = 0;
    try (Examination examination = new Examination()) {
      for (int i = 0; i < FILES; i++) {
        byte[] bytes = networks.get(i % networks.size()).toBytes();
        if (i % 4 == 0) {
          bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
        } else {
          // The structure is at the front; weights follow.
          int reach = i % 2 == 0 ? bytes.length : Math.min(bytes.length, 4000);
          for (int flips = random.nextInt(4); flips >= 0; flips--) {
            bytes[random.nextInt(reach)] ^= (byte) (1 << random.nextInt(8));
          }
        }
        accepted += examination.accepts(bytes, "file " + i) ? 1 : 0;
      }
      assertThat(examination.problems()).isEmpty();
    }
    assertThat(accepted).as("files that are still models").isBetween(FILES / 20, FILES * 19 / 20);
  }

  @Test
  void structuresChanged() {
    List<OnnxModel> networks = networks();
    List<Mutation> mutations = Mutation.all();
    Random random = new Random(102);
    int accepted = 0;
    int total = 0;
    try (Examination examination = new Examination()) {
      for (Mutation mutation : mutations) {
        for (int i = 0; i < MODELS_PER_MUTATION; i++) {
          OnnxModel network = networks.get(random.nextInt(networks.size()));
          ModelProto.Builder odd = network.toProto().toBuilder();
          mutation.change().apply(odd, random);
          StringBuilder what =
              new StringBuilder(network.name() + ", " + i + ": " + mutation.name());
          if (i % 3 == 2) {
            Mutation other = mutations.get(random.nextInt(mutations.size()));
            if (odd.getGraph().getInputCount() > 0 && odd.getOpsetImportCount() > 0) {
              what.append(" and ").append(other.name());
              applyIfPossible(other, odd, random);
            }
          }
          accepted += examination.accepts(odd.build().toByteArray(), what.toString()) ? 1 : 0;
          total++;
        }
      }
      assertThat(examination.problems()).isEmpty();
    }
    assertThat(accepted).as("models that are still read").isBetween(total / 5, total * 19 / 20);
  }

  @Test
  void promisesOfLargeOrEndlessWork() {
    try (Examination examination = new Examination()) {
      Oddities.all().forEach((what, model) -> examination.accepts(model.toByteArray(), what));
      assertThat(examination.problems()).isEmpty();
    }
  }

  /** A second change may find no place that the first one left. */
  private static void applyIfPossible(Mutation mutation, ModelProto.Builder odd, Random random) {
    if (odd.getGraph().getNodeCount() > 0 && odd.getGraph().getOutputCount() > 0) {
      mutation.change().apply(odd, random);
    }
  }
}
