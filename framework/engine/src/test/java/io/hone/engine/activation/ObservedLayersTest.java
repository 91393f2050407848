package io.hone.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationReader;
import io.hone.api.activation.LayerChoice;
import io.hone.api.activation.NeuronLayer;
import io.hone.api.activation.NeuronLayer.Order;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.model.Classifier;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.engine.step.StepResult;
import io.hone.testkit.TestRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservedLayersTest {
  private static final ImageShape SHAPE = new ImageShape(1, 1, 3);
  private static final int IMAGES = 5;

  private static final NeuronLayer DOUBLE = layer("block1.double", "Mul", false);
  private static final NeuronLayer RELU = layer("block1.relu", "Relu", true);
  private static final NeuronLayer TANH = layer("block2.tanh", "Tanh", true);

  private final List<Integer> read = new ArrayList<>();
  private final TestRun run = new TestRun(1);

  private static NeuronLayer layer(String name, String operator, boolean activation) {
    return new NeuronLayer(name, operator, 3, 1, Order.CHANNELS_FIRST, activation);
  }

  /** Answers with multiples of the pixels: 2, 1 and 4 times. */
  private final class Multiples implements Classifier {
    private final List<NeuronLayer> layers;

    Multiples(NeuronLayer... layers) {
      this.layers = List.of(layers);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return true;
    }

    @Override
    public Tensor logits(ImageBatch images) {
      return Tensor.zeros(images.size(), 2);
    }

    @Override
    public List<NeuronLayer> layers(ImageShape shape) {
      return layers;
    }

    @Override
    public ActivationReader openActivations(List<NeuronLayer> wanted) {
      return images -> {
        read.add(images.size());
        return wanted.stream().map(layer -> times(images.pixels(), factor(layer))).toList();
      };
    }

    private static int factor(NeuronLayer layer) {
      return layer.equals(DOUBLE) ? 2 : layer.equals(RELU) ? 1 : 4;
    }

    private static Tensor times(Tensor images, int factor) {
      Tensor values = Tensor.zeros(images.rows(), images.rowSize());
      for (int row = 0; row < images.rows(); row++) {
        for (int feature = 0; feature < images.rowSize(); feature++) {
          values.set(row, feature, factor * images.get(row, feature));
        }
      }
      return values;
    }
  }

  private static ModelCard card() {
    return new ModelCard(
        "multiples",
        Path.of("multiples"),
        "",
        Task.CLASSIFIER,
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            1,
            Optional.empty(),
            Optional.empty(),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.LOGITS, 2, List.of()),
        Map.of());
  }

  private ObservedLayers open(Map<String, List<String>> names, NeuronLayer... layers) {
    Multiples model = new Multiples(layers);
    Map<String, List<NeuronLayer>> chosen = new TreeMap<>();
    names.forEach(
        (metric, wanted) ->
            chosen.put(
                metric,
                ObservedLayers.find(metric, new LayerChoice(wanted), model.layers(SHAPE), card())));
    return ObservedLayers.open(chosen, model.layers(SHAPE), model, card(), run);
  }

  @Test
  void areWhatActivationFunctionsReturnWhereNothingIsNamed() {
    ObservedLayers layers =
        open(
            Map.of("all", List.of(), "one", List.of("*.double"), "two", List.of("*2*", "*.relu")),
            DOUBLE,
            RELU,
            TANH);
    assertThat(layers.of("all")).containsExactly(RELU, TANH);
    assertThat(layers.of("one")).containsExactly(DOUBLE);
    assertThat(layers.of("two")).containsExactly(RELU, TANH);
    assertThat(layers.of("accuracy")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "block1.rely | names the layer 'block1.rely', which the model multiples does not have; did you mean 'block1.relu'? it has block1.double (Mul), block1.relu (Relu)",
        "block? | names the layer 'block?', which the model multiples does not have; it has block1.double",
        "b*3 | names the layer 'b*3', which the model multiples does not have; it has block1.double"
      })
  void refuseANameThatTheModelDoesNotHave(String name, String message) {
    assertThatThrownBy(() -> open(Map.of("coverage", List.of(name)), DOUBLE, RELU))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("the metric coverage ")
        .hasMessageContaining(message);
  }

  @Test
  void refuseAModelWithoutActivationFunctionsOrWithoutValues() {
    assertThatThrownBy(() -> open(Map.of("coverage", List.of()), DOUBLE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("the model multiples has none; name layers of it: block1.double");
    assertThatThrownBy(() -> open(Map.of("coverage", List.of(), "silence", List.of())))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("looks inside the model, but the backend of multiples")
        .hasMessageContaining("reads no values inside it; run an ONNX file");
  }

  /** Images whose features are told by their sample: sample 3 has 30, 31 and 32 thousandths. */
  private static ImageBatch images(float more) {
    Tensor pixels = Tensor.images(IMAGES, SHAPE);
    long[] samples = new long[IMAGES];
    for (int row = 0; row < IMAGES; row++) {
      samples[row] = row;
      for (int feature = 0; feature < SHAPE.features(); feature++) {
        pixels.set(row, feature, (10 * row + feature) / 1000f + more);
      }
    }
    return new ImageBatch(pixels, samples);
  }

  private static StepResult result(List<StepResult> received, Tensor images) {
    return new StepResult("step", StepKind.of("attack"), received, images, List.of(), 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 100})
  void giveTheAnswersOfEachImageHoweverManyAreReadAtOnce(int samplesAtOnce) {
    ObservedLayers layers = open(Map.of("all", List.of("*")), DOUBLE, RELU);
    ImageBatch clean = images(0);
    StepResult unchanged = result(List.of(), clean.pixels());
    StepResult changed = result(List.of(unchanged), images(0.5f).pixels());
    UnitActivations activations = new UnitActivations(layers, clean, samplesAtOnce);
    for (int row = 0; row < IMAGES; row++) {
      Outcome.Activations ofClean = activations.of(unchanged, row);
      assertThat(ofClean.emitted().of(RELU)).containsExactly(clean.pixels().row(row));
      assertThat(ofClean.emitted()).isSameAs(ofClean.clean());
      Outcome.Activations ofChanged = activations.of(changed, row);
      assertThat(ofChanged.clean().of(DOUBLE)[1]).isEqualTo(2 * clean.pixels().get(row, 1));
      assertThat(ofChanged.emitted().of(DOUBLE)[1]).isEqualTo(2 * changed.images().get(row, 1));
      assertThatThrownBy(() -> ofChanged.emitted().of(TANH))
          .isInstanceOf(IllegalArgumentException.class);
    }
    int chunks = (IMAGES + samplesAtOnce - 1) / samplesAtOnce;
    assertThat(read).hasSize(2 * chunks).allMatch(size -> size <= samplesAtOnce);
  }

  @Test
  void tellOnceThatNeuronsAnswerWithNan() {
    ObservedLayers layers = open(Map.of("all", List.of()), DOUBLE, RELU, TANH);
    ImageBatch clean = images(0);
    clean.pixels().set(3, 1, Float.NaN);
    UnitActivations activations = layers.reading(clean, 1);
    for (int row = 0; row < IMAGES; row++) {
      activations.of(result(List.of(), clean.pixels()), row);
    }
    assertThat(run.trustFlags())
        .singleElement()
        .satisfies(
            flag -> {
              assertThat(flag.code()).isEqualTo("nan-activations");
              assertThat(flag.text())
                  .contains("layer block1.relu of model 'multiples'", "first to sample 3");
            });
  }

  @Test
  void showEachImageOfTheProfileAndTellWhetherAnAnswerIsNan() {
    ObservedLayers layers = open(Map.of("all", List.of()), DOUBLE, RELU, TANH);
    List<Integer> rows = new ArrayList<>();
    layers.profile(
        images(0),
        (row, answers) -> {
          rows.add(row);
          assertThat(answers.of(RELU)).containsExactly(images(0).pixels().row(row));
        });
    assertThat(rows).isEqualTo(IntStream.range(0, IMAGES).boxed().toList());
    assertThat(layers.sawNan()).isFalse();

    ImageBatch broken = images(0);
    broken.pixels().set(2, 0, Float.NaN);
    layers.profile(broken, (row, answers) -> {});
    assertThat(layers.sawNan()).isTrue();
    assertThat(run.trustFlags())
        .singleElement()
        .satisfies(flag -> assertThat(flag.text()).contains("first to the profile's sample 2"));
  }
}
