package io.hone.scenario.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.model.CardDraft;
import io.hone.api.model.CardDraft.Extent;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.scenario.diagnostics.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardReaderTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModel() throws IOException {
    Files.writeString(folder.resolve("model.onnx"), "model");
  }

  @Test
  void everyKeyIsRead() throws IOException {
    CardDraft draft =
        read(
            """
            name: 7
            file: model.onnx
            sha256: ABCD
            task: classifier
            input:
              name: x
              layout: nhwc
              order: bgr
              channels: 3
              height: 224
              width: any
              range: [0, 255]
              mean: [1, 2.5, 3]
              std: [1, 1, 1]
            output: {name: y, kind: probabilities, classes: 2, names: [0, yes]}
            training: {test_accuracy: 0.9, any: {thing: [1]}}
            """);
    ModelCard card = draft.withDefaults().orElseThrow();
    assertThat(card.name()).isEqualTo("7");
    assertThat(card.file()).isEqualTo(folder.resolve("model.onnx"));
    assertThat(card.sha256()).isEqualTo("abcd");
    assertThat(card.task()).isEqualTo(Task.CLASSIFIER);
    assertThat(card.input().name()).contains("x");
    assertThat(card.input().layout()).isEqualTo(Layout.NHWC);
    assertThat(card.input().order()).isEqualTo(Order.BGR);
    assertThat(card.input().sizes()).isEqualTo("3x224xany");
    assertThat(card.input().range()).isEqualTo(new Range(0, 255));
    assertThat(card.input().mean()).containsExactly(1f, 2.5f, 3f);
    assertThat(card.output().kind()).isEqualTo(OutputKind.PROBABILITIES);
    assertThat(card.output().classNames()).containsExactly("0", "yes");
    assertThat(card.training()).containsEntry("test_accuracy", 0.9);
  }

  @Test
  void aFileAloneIsACardWithGaps() throws IOException {
    CardDraft draft = read("file: model.onnx");
    assertThat(draft.name()).isEqualTo(folder.getFileName().toString());
    assertThat(draft.withDefaults()).isEmpty();
    assertThat(draft.isComplete()).isFalse();
    CardDraft known =
        read(
            """
            file: model.onnx
            input: {channels: 1, height: 2, width: any}
            output: {kind: logits, names: [a, b]}
            """);
    assertThat(known.knownTask()).contains(Task.CLASSIFIER);
    assertThat(known.output().classes()).contains(2);
    assertThat(known.input().width()).contains(Extent.ANY);
    assertThat(known.withDefaults().orElseThrow().input().range()).isEqualTo(Range.UNIT);
  }

  @Test
  void everythingThatIsWrongIsToldAtItsPlace() throws IOException {
    write(
        """
        fil: model.onnx
        file: absent.onnx
        task: clasifier
        input:
          chanels: 3
          height: tall
          range: [255, 0]
        output:
          kind: logit
          classes: 3
          names: [a, b]
        """);
    assertThatThrownBy(() -> ModelCards.draft(folder))
        .isInstanceOf(ScenarioException.class)
        .hasMessageContaining("model.yaml:1:1: a model card has no 'fil'; did you mean 'file'?")
        .hasMessageContaining("known there: name, file, sha256, task, input, output, training")
        .hasMessageContaining("model.yaml:2:7: 'file': there is no absent.onnx")
        .hasMessageContaining("did you mean 'classifier'?")
        .hasMessageContaining("'input' has no 'chanels'; did you mean 'channels'?")
        .hasMessageContaining("'height' must be a whole number of at least 1, or any")
        .hasMessageContaining("'range' must be two numbers that rise")
        .hasMessageContaining("did you mean 'logits'?")
        .message()
        .doesNotContain("jackson", "CardDocument");
  }

  @Test
  void aSingleClassIsNone() throws IOException {
    write(
        """
        file: model.onnx
        output: {classes: 1}
        """);
    assertThatThrownBy(() -> ModelCards.draft(folder))
        .hasMessageContaining("model.yaml:2:19: 'classes' must be a whole number of at least 2")
        .hasMessageContaining("one number per image tells two classes apart and has 2");
    write(
        """
        file: model.onnx
        output: {names: [only]}
        """);
    assertThatThrownBy(() -> ModelCards.draft(folder))
        .hasMessageContaining("model.yaml:2:17: a classifier has at least 2 classes");
  }

  @Test
  void aPercentageIsNoTestAccuracy() throws IOException {
    write(
        """
        file: model.onnx
        training: {test_accuracy: 99.3}
        """);
    assertThatThrownBy(() -> ModelCards.draft(folder))
        .hasMessageContaining("model.yaml:2:27: 'test_accuracy' must be a number from 0 to 1")
        .hasMessageContaining("not 99.3")
        .hasMessageContaining("write 0.993");
    write(
        """
        file: model.onnx
        training: {figures: {test_accuracy: 93 %}}
        """);
    assertThatThrownBy(() -> ModelCards.draft(folder))
        .hasMessageContaining("model.yaml:2:37: 'test_accuracy' must be")
        .hasMessageContaining("such as 0.93");
  }

  @Test
  void partsThatDoNotFitEachOtherAreTold() throws IOException {
    write(
        """
        file: model.onnx
        task: image-to-image
        input: {channels: 1, order: bgr, mean: [1, 2], std: [0]}
        output: {kind: logits, classes: 3, names: [a, b]}
        """);
    assertThatThrownBy(() -> ModelCards.draft(folder))
        .hasMessageContaining("3:29: order bgr needs 3 channels, not 1")
        .hasMessageContaining("'mean' must hold one number per channel (1), not 2")
        .hasMessageContaining("'std' must be positive")
        .hasMessageContaining("the kind logits does not fit the task image-to-image")
        .hasMessageContaining("there are 2 names for 3 classes");
  }

  @Test
  void aFileOutsideOfTheFolderAndADuplicateKeyAreRefused() throws IOException {
    write("file: ../model.onnx");
    assertThatThrownBy(() -> ModelCards.draft(folder)).hasMessageContaining("in the card's folder");
    write("file: model.onnx\nfile: model.onnx");
    assertThatThrownBy(() -> ModelCards.draft(folder)).hasMessageContaining("model.yaml:2:1");
    write("");
    assertThatThrownBy(() -> ModelCards.draft(folder)).isInstanceOf(ScenarioException.class);
  }

  @Test
  void committedCardsAreReadAndWrittenBackWithTheSameContent() throws IOException {
    Path models = repository().resolve("models");
    List<Path> cards;
    try (Stream<Path> folders = Files.list(models)) {
      cards = folders.filter(path -> Files.exists(path.resolve("model.yaml"))).sorted().toList();
    }
    assertThat(cards).isNotEmpty();
    for (Path committed : cards) {
      ModelCard card = ModelCards.read(committed);
      Path copy = Files.createDirectories(folder.resolve(committed.getFileName()));
      ModelCard moved =
          new ModelCard(
              card.name(),
              copy.resolve(card.file().getFileName()),
              card.sha256(),
              card.task(),
              card.input(),
              card.output(),
              card.training());
      ModelCards.write(copy, moved);
      Files.copy(card.file(), moved.file());
      assertThat(ModelCards.read(copy)).isEqualTo(moved);
    }
  }

  private static Path repository() {
    Path path = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(path.resolve("models"))) {
      path = path.getParent();
    }
    return path;
  }

  private CardDraft read(String card) throws IOException {
    write(card);
    return ModelCards.draft(folder);
  }

  private void write(String card) throws IOException {
    Files.writeString(folder.resolve("model.yaml"), card);
  }
}
