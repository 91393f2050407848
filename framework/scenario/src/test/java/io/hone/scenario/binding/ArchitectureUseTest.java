package io.hone.scenario.binding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.ImageShape;
import io.hone.api.model.Task;
import io.hone.api.run.Run;
import io.hone.api.train.BatchTransform;
import io.hone.api.train.Recipe;
import io.hone.api.train.TrainedModel;
import io.hone.api.train.Trainer;
import io.hone.api.train.TrainingChoices;
import io.hone.api.train.TrainingTask;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.network.Activation;
import io.hone.network.Architecture;
import io.hone.network.ClassifierUse;
import io.hone.network.ImageToImageUse;
import io.hone.network.Layer;
import io.hone.network.Padding;
import io.hone.network.Value;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Parameters that are architectures with parameters of their own. */
class ArchitectureUseTest {
  /** Trains two networks. */
  @Named(id = "pair", summary = "Trains two networks.")
  public static final class Pair implements Trainer<Pair.Params> {
    /** Networks. */
    public record Params(
        @Param(value = "Tells classes apart.", def = "rows") ClassifierUse judge,
        @Param(value = "Returns images.", def = "{use: copies, with: {kernel: 5}}")
            ImageToImageUse painter) {}

    /** Creates the component. */
    public Pair() {}

    @Override
    public Recipe recipe(Params parameters, TrainingChoices choices) {
      return Recipe.labels();
    }

    @Override
    public TrainedModel train(
        Params parameters, TrainingTask task, BatchTransform transform, Run run) {
      throw new UnsupportedOperationException("never run");
    }
  }

  /** Multiplies a row with a matrix. */
  @Named(id = "rows", summary = "Multiplies a row with a matrix.")
  public static final class Rows implements Architecture<Rows.Params> {
    /** How many rows are tried, and what is wrong with the network. */
    public record Params(
        @Param(value = "Size of a window.", def = "2", min = 1) int window,
        @Param(value = "More logits than classes.", def = "0") int more,
        @Param(value = "Whether the image is returned.", def = "false") boolean idle) {}

    /** Creates the component. */
    public Rows() {}

    @Override
    public Task task() {
      return Task.CLASSIFIER;
    }

    @Override
    public Value build(Params parameters, Value image, int classes) {
      return parameters.idle()
          ? image
          : image
              .then(new Layer.MaxPooling(parameters.window()))
              .then(new Layer.Flatten())
              .then(new Layer.Dense(classes + parameters.more(), Activation.NONE));
    }
  }

  /** Draws the image again. */
  @Named(id = "copies", summary = "Draws the image again.")
  public static final class Copies implements Architecture<Copies.Params> {
    /** What is drawn. */
    public record Params(
        @Param(value = "Size of a window.", def = "3", min = 1) int kernel,
        @Param(value = "Whether a row is returned.", def = "false") boolean flat) {}

    /** Creates the component. */
    public Copies() {}

    @Override
    public Task task() {
      return Task.IMAGE_TO_IMAGE;
    }

    @Override
    public Value build(Params parameters, Value image, int classes) {
      Value drawn =
          image.then(
              new Layer.Convolution(
                  image.shape().channels(),
                  parameters.kernel(),
                  1,
                  Padding.VALID,
                  Activation.SIGMOID));
      return parameters.flat() ? drawn.then(new Layer.Flatten()) : drawn;
    }
  }

  private static final InstalledComponent<Pair> PAIR =
      SampleComponents.installed(ComponentKind.TRAINER, new Pair());
  private static final ComponentRegistry REGISTRY =
      new ComponentRegistry(
          List.of(
              PAIR,
              SampleComponents.installed(ComponentKind.ARCHITECTURE, new Rows()),
              SampleComponents.installed(ComponentKind.ARCHITECTURE, new Copies())));
  private static final ImageShape SHAPE = new ImageShape(1, 4, 4);

  private static BoundComponent<Pair> bind(String yaml) {
    return new ComponentParameters(REGISTRY).bind(PAIR, yaml);
  }

  private static Pair.Params parameters(String yaml) {
    return (Pair.Params) bind(yaml).parameters();
  }

  private static List<Diagnostic> errors(String yaml) {
    ScenarioException thrown = catchThrowableOfType(ScenarioException.class, () -> bind(yaml));
    assertThat(thrown).as("an error in %s", yaml).isNotNull();
    return thrown.diagnostics();
  }

  private static String text(Diagnostic diagnostic) {
    return diagnostic.place().line()
        + ":"
        + diagnostic.place().column()
        + " "
        + diagnostic.message();
  }

  @Test
  void haveDefaultsAndAreToldAsTheyAreWritten() {
    assertThat(bind("{}").effective())
        .isEqualTo(
            Map.of(
                "judge",
                "rows",
                "painter",
                Map.of("use", "copies", "with", Map.of("kernel", 5, "flat", false))));
    assertThat(bind("{judge: {use: rows}, painter: copies}").effective())
        .isEqualTo(
            Map.of(
                "judge",
                Map.of("use", "rows", "with", Map.of("window", 2, "more", 0, "idle", false)),
                "painter",
                "copies"));
    assertThat(parameters("{}").judge().parameters()).containsEntry("window", 2);
  }

  @Test
  void buildNetworks() {
    Pair.Params written =
        parameters(
            "{judge: {use: rows, with: {window: 4}}, painter: {use: copies, with: {kernel: 1}}}");

    assertThat(written.judge().id()).isEqualTo("rows");
    assertThat(written.judge().network(SHAPE, 3).describe())
        .containsExactly(
            "Input 1x4x4", "MaxPooling 4x4 -> 1x1x1", "Flatten -> 1x1x1", "Dense 3 -> 3x1x1");
    assertThat(written.painter().network(SHAPE).output()).isEqualTo(SHAPE);
  }

  @Test
  void areGivenByProgramsByTheirNames() {
    Pair.Params named =
        new Pair.Params(
            ClassifierUse.of("rows", Map.of("window", 4)), ImageToImageUse.of("copies", Map.of()));

    assertThat(new ComponentParameters(REGISTRY).bind(PAIR, named).effective())
        .isEqualTo(
            bind("{judge: {use: rows, with: {window: 4}}, painter: {use: copies}}").effective());
    assertThatThrownBy(() -> named.judge().network(SHAPE, 2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'rows' is only named");
    assertThatThrownBy(() -> named.painter().network(SHAPE))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void tellMistakesAtTheirPlace() {
    assertThat(
            errors(
                """
                judge: rosw
                painter: {use: copies, with: {kernal: 3}}
                """))
        .extracting(ArchitectureUseTest::text)
        .satisfiesExactlyInAnyOrder(
            error ->
                assertThat(error)
                    .isEqualTo("1:8 there is no architecture 'rosw'; did you mean 'rows'?"),
            error -> assertThat(error).startsWith("2:31 architecture 'copies' has no 'kernal'"));
    assertThat(errors("{judge: 3}").get(0).message())
        .startsWith("expected an architecture such as {use: ID, with: {...}}, not 3");
    assertThat(errors("{judge: rosw}").get(0).notes())
        .containsExactly("fitting architectures: rows");
    assertThat(errors("{judge: {with: {}}}").get(0).message()).startsWith("'use' is missing");
  }

  @Test
  void ofAnotherTaskAreRefusedWithThoseThatFit() {
    Diagnostic wrong = errors("judge: copies").get(0);

    assertThat(text(wrong))
        .isEqualTo(
            "1:8 the architecture 'copies' returns images; 'judge' takes an architecture that"
                + " tells classes apart");
    assertThat(wrong.notes()).containsExactly("fitting architectures: rows");
    assertThat(text(errors("painter: {use: rows}").get(0)))
        .startsWith("1:16 the architecture 'rows' tells classes apart; 'painter' takes");
  }

  @Test
  void thatCannotTakeImagesTellTheLayer() {
    assertThatThrownBy(
            () -> parameters("judge: {use: rows, with: {window: 5}}").judge().network(SHAPE, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "the architecture rows of sample 1.0 takes no images of 1x4x4: pool1 (MaxPooling 5x5) takes"
                + " windows of 5x5, which do not fit into images of 1x4x4; train on other images,"
                + " or name another architecture");
    assertThatThrownBy(() -> parameters("{}").painter().network(new ImageShape(1, 8, 8)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("makes images of 1x4x4 from images of 1x8x8; give it images whose");
  }

  @Test
  void thatBreakTheirPromiseAreNamed() {
    assertThatThrownBy(
            () -> parameters("judge: {use: rows, with: {more: 2}}").judge().network(SHAPE, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "the architecture rows of sample 1.0 makes no network: it returns 5 features where 3 logits"
                + " in a row are needed",
            "defect of the architecture");
    assertThatThrownBy(
            () -> parameters("judge: {use: rows, with: {idle: true}}").judge().network(SHAPE, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a network returns what a layer makes of its image");
    assertThatThrownBy(
            () -> parameters("painter: {use: copies, with: {flat: true}}").painter().network(SHAPE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it returns 4 features where an image is needed");
  }
}
