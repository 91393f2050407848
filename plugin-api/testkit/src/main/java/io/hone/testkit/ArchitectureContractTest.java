package io.hone.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.model.Task;
import io.hone.api.stability.Stability;
import io.hone.network.Architecture;
import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Architecture} promises, built for images of several shapes and, for
 * classifiers, several numbers of classes.
 *
 * <p>An architecture that takes images of other shapes overrides {@link #shapes}.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public abstract class ArchitectureContractTest<P extends Record> extends ComponentContractTest<P> {
  /** Shapes that no architecture needs to take, and that each takes or refuses. */
  private static final List<ImageShape> ODD =
      List.of(
          new ImageShape(1, 1, 1),
          new ImageShape(3, 1, 40),
          new ImageShape(1, 5, 5),
          new ImageShape(2, 13, 11),
          new ImageShape(4, 33, 17));

  private final Architecture<P> architecture;

  /** Creates the test of an architecture. */
  protected ArchitectureContractTest(Architecture<P> architecture) {
    super(architecture, Architecture.class);
    this.architecture = architecture;
  }

  /** Returns shapes of images that the architecture takes, at least one. */
  protected List<ImageShape> shapes() {
    return List.of(new ImageShape(1, 28, 28), new ImageShape(3, 32, 32));
  }

  @Test
  void givesTheSameLayersAgain() {
    for (ImageShape shape : shapes()) {
      for (int classes : classes()) {
        ContractRule.N1.check(
            met(shape, classes),
            () -> {
              Network first = network(shape, classes);
              Network again = network(shape, classes);
              assertThat(again.describe()).isEqualTo(first.describe());
              assertThat(again.weights()).isEqualTo(first.weights());
            });
      }
    }
  }

  @Test
  void returnsWhatItsTaskSays() {
    ContractRule.N2.check("", () -> assertThat(shapes()).as("shapes that it takes").isNotEmpty());
    for (ImageShape shape : shapes()) {
      for (int classes : classes()) {
        ContractRule.N2.check(
            met(shape, classes), () -> assertPromised(network(shape, classes), shape, classes));
      }
    }
  }

  @Test
  void takesOrRefusesImagesOfAnyShape() {
    for (ImageShape shape : ODD) {
      for (int classes : classes()) {
        ContractRule.N2.check(
            met(shape, classes),
            () -> {
              Network network;
              try {
                network = network(shape, classes);
              } catch (BadInputException refused) {
                return;
              }
              // Halved and doubled again, an odd size is another: a trainer refuses that.
              assertPromised(network, isClassifier() ? shape : network.output(), classes);
            });
      }
    }
  }

  @Test
  void hasSomethingToLearn() {
    for (ImageShape shape : shapes()) {
      ContractRule.N3.check(
          met(shape, classes()[0]),
          () -> {
            List<WeightSpec> weights = network(shape, classes()[0]).weights();
            assertThat(weights).as("weights that are learned").anyMatch(WeightSpec::trainable);
            assertThat(weights).as("numbers of a weight").allMatch(weight -> weight.size() > 0);
            assertThat(weights).extracting(WeightSpec::name).doesNotHaveDuplicates();
          });
    }
  }

  private void assertPromised(Network network, ImageShape shape, int classes) {
    assertThat(network.returnsFeatures())
        .as("whether it returns a row of numbers")
        .isEqualTo(isClassifier());
    if (isClassifier()) {
      assertThat(network.output().channels()).as("logits").isEqualTo(classes);
    } else {
      assertThat(network.output()).as("shape of an image that it returns").isEqualTo(shape);
    }
  }

  private Network network(ImageShape shape, int classes) {
    P parameters = parameters();
    return Network.of(shape, image -> architecture.build(parameters, image, classes));
  }

  private int[] classes() {
    return isClassifier() ? new int[] {2, 10, 101} : new int[] {0};
  }

  private boolean isClassifier() {
    return architecture.task() == Task.CLASSIFIER;
  }

  /** Says what the architecture meets, for messages. */
  private String met(ImageShape shape, int classes) {
    return "images of %s, %s%s"
        .formatted(shape, isClassifier() ? classes + " classes, " : "", parameters());
  }
}
