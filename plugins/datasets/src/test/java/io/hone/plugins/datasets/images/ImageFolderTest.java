package io.hone.plugins.datasets.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.RunCancelledException;
import io.hone.testkit.TestRun;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFolderTest {
  private static final BufferedImage GREY =
      ImageFiles.grey(2, 2, (row, column) -> new int[] {100 * row + column});

  @TempDir Path folder;
  private final TestRun run = new TestRun(7);

  private Dataset open(String... classNames) {
    return open(Labels.FOLDERS, null, null, classNames);
  }

  private Dataset open(Labels labels, Integer height, Integer channels, String... classNames) {
    ImageFolder.Params parameters =
        new ImageFolder.Params(
            folder,
            labels,
            List.of(),
            Optional.empty(),
            Optional.ofNullable(height),
            Optional.empty(),
            Optional.empty(),
            Optional.ofNullable(channels));
    return new ImageFolder().open(parameters, DatasetRequest.named(List.of(classNames)), run);
  }

  private void assertRefused(String... words) {
    assertThatThrownBy(() -> open().close())
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  private Path put(String name) {
    return ImageFiles.write(folder.resolve(name), ImageFiles.encode(GREY, "png"));
  }

  private static int[] labels(Dataset dataset) {
    return IntStream.range(0, (int) dataset.size()).map(dataset::label).toArray();
  }

  @Test
  void numbersClassesByTheModelsNames() {
    put("dog/1.png");
    put("cat/1.png");
    put("cat/more/0.png");
    try (Dataset dataset = open("emu", "dog", "cat")) {
      assertThat(dataset.classNames()).containsExactly("emu", "dog", "cat");
      assertThat(labels(dataset)).containsExactly(2, 2, 1);
    }
  }

  @Test
  void numbersClassesBySortedFoldersWithoutAModelsNames() {
    put("b/1.png");
    put("a/1.png");
    put("C/1.png");
    try (Dataset dataset = open()) {
      assertThat(dataset.classNames()).containsExactly("C", "a", "b");
      assertThat(labels(dataset)).containsExactly(0, 1, 2);
    }
  }

  @Test
  void overlooksOtherFiles() {
    put("a/2.png");
    put("a/10.PNG");
    put("a/.hidden.png");
    put("a/.also/1.png");
    put(".thumbnails/1.png");
    ImageFiles.write(folder.resolve("a/notes.txt"), new byte[] {1});
    ImageFiles.write(folder.resolve("README.md"), new byte[] {1});
    try (Dataset dataset = open()) {
      assertThat(dataset.size()).isEqualTo(2);
      assertThat(dataset.shape()).isEqualTo(new ImageShape(1, 2, 2));
    }
    assertThat(run.notices())
        .anySatisfy(
            notice -> assertThat(notice).contains("1 file is not read (1 .txt)", "notes.txt"));
  }

  @Test
  void namesALinkThatLeadsBackUp() throws IOException {
    put("a/1.png");
    Path link = Files.createSymbolicLink(folder.resolve("a/up"), folder);
    assertThatThrownBy(this::open)
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(link + " is a link", "never end", "remove the link")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void tellsALinkThatLeadsNowhere() throws IOException {
    put("a/1.png");
    Path link = Files.createSymbolicLink(folder.resolve("a/2.png"), folder.resolve("gone.png"));
    try (Dataset dataset = open()) {
      assertThat(dataset.size()).isEqualTo(1);
    }
    assertThat(run.notices())
        .anySatisfy(
            notice -> assertThat(notice).contains("1 file is not read (1 .png)", link.toString()));
  }

  @Test
  void takesImagesWithoutLabels() {
    put("1.png");
    put("deeper/2.png");
    try (Dataset dataset = open(Labels.PREDICTED, null, null, "cat")) {
      assertThat(labels(dataset)).containsExactly(Dataset.NO_LABEL, Dataset.NO_LABEL);
      int[] read = new int[2];
      dataset.read(0, Tensor.images(2, dataset.shape()), read);
      assertThat(read).containsExactly(Dataset.NO_LABEL, Dataset.NO_LABEL);
    }
  }

  @Test
  void refusesFoldersThatDoNotTellTheClass() throws IOException {
    assertRefused(folder.toString(), "no images");
    Path loose = put("1.png");
    assertRefused(loose.toString(), "labels: predicted");
    Files.delete(loose);
    put("wolf/1.png");
    assertThatThrownBy(() -> open("cat", "dog"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(folder.resolve("wolf").toString(), "cat, dog");
    folder = folder.resolve("wolf").resolve("1.png");
    assertRefused(folder.toString(), "is no folder");
  }

  @Test
  void refusesShapesThatCannotBe() {
    put("a/1.png");
    assertThatThrownBy(() -> open(Labels.FOLDERS, 3, null))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("height is given alone");
    assertThatThrownBy(() -> open(Labels.FOLDERS, null, 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("channels must be 1 (grey) or 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg"})
  void findsEveryTruncatedImageBeforeTheFirstBatch(String format) {
    Path file = folder.resolve("a/2." + format);
    byte[] whole =
        ImageFiles.encode(
            ImageFiles.color(8, 8, (row, column) -> new int[] {30 * row, 20 * column, 9}), format);
    for (int length = 0; length < whole.length; length++) {
      ImageFiles.write(file, Arrays.copyOf(whole, length));
      assertRefused(file.toString(), "damaged");
    }
    ImageFiles.write(file, whole);
    try (Dataset dataset = open()) {
      assertThat(dataset.size()).isEqualTo(1);
    }
  }

  @Test
  void findsDamagedPixelsAndOtherFormats() {
    byte[] png = ImageFiles.encode(GREY, "png");
    png[png.length - 20] ^= 1;
    Path file = ImageFiles.write(folder.resolve("a/1.png"), png);
    assertRefused(file.toString(), "check sum");
    ImageFiles.write(file, "GIF89a and more".getBytes(StandardCharsets.US_ASCII));
    assertRefused(file.toString(), "cannot be decoded");
    ImageFiles.write(file, "RIFF....WEBPVP8 ".getBytes(StandardCharsets.US_ASCII));
    assertRefused(file.toString(), "neither PNG nor JPEG");
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:12\nsize 9\n";
    ImageFiles.write(file, pointer.getBytes(StandardCharsets.US_ASCII));
    assertRefused(file.toString(), "Git LFS pointer", "git lfs pull");
  }

  @Test
  void namesAnImageThatChangedAfterItWasChecked() throws IOException {
    put("a/1.png");
    Path second = put("a/2.png");
    try (Dataset dataset = open()) {
      byte[] content = Files.readAllBytes(second);
      Tensor pixels = Tensor.images(2, dataset.shape());
      Files.write(second, Arrays.copyOf(content, content.length - 30));
      assertThatThrownBy(() -> dataset.read(0, pixels, new int[2]))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(second.toString());
      Files.delete(second);
      assertThatThrownBy(() -> dataset.read(0, pixels, new int[2]))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(second.toString());
    }
  }

  @Test
  void changesItsFingerprintWithContentNameAndLabel() throws IOException {
    Path file = put("a/1.png");
    String first = fingerprint("a", "b");
    assertThat(fingerprint("b", "a")).isNotEqualTo(first);
    Files.move(file, folder.resolve("a/2.png"));
    assertThat(fingerprint("a", "b")).isNotEqualTo(first);
    Files.move(folder.resolve("a/2.png"), file);
    assertThat(fingerprint("a", "b")).isEqualTo(first);
    BufferedImage other = ImageFiles.grey(2, 2, (row, column) -> new int[] {1});
    ImageFiles.write(file, ImageFiles.encode(other, "png"));
    assertThat(fingerprint("a", "b")).isNotEqualTo(first);
  }

  private String fingerprint(String... classNames) {
    try (Dataset dataset = open(classNames)) {
      return dataset.fingerprint();
    }
  }

  @Test
  void canBeCancelledWhileFilesAreChecked() {
    put("a/1.png");
    run.cancel();
    assertThatThrownBy(this::open).isInstanceOf(RunCancelledException.class);
  }
}
