package io.hone.plugins.datasets.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLabelsTest {
  private static final byte[] PNG =
      ImageFiles.encode(ImageFiles.grey(2, 2, (row, column) -> new int[] {9}), "png");
  // "café" with the accent in its letter, and as a character of its own.
  private static final String COMPOSED = "caf\u00e9";
  private static final String DECOMPOSED = "cafe\u0301";

  @TempDir Path temporary;
  private final TestRun run = new TestRun(7);
  private Path folder;

  private void folders(String... names) throws IOException {
    folder = Files.createTempDirectory(temporary, "images");
    for (String name : names) {
      ImageFiles.write(folder.resolve(name).resolve("1.png"), PNG);
    }
  }

  private Dataset open(DatasetRequest request, List<String> classes, Path names) {
    return new ImageFolder()
        .open(
            new ImageFolder.Params(
                folder,
                Labels.FOLDERS,
                classes,
                Optional.ofNullable(names),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()),
            request,
            run);
  }

  /** Returns the label of the image in each folder, in the order of the files. */
  private int[] labels(DatasetRequest request, String... classes) {
    try (Dataset dataset = open(request, List.of(classes), null)) {
      return IntStream.range(0, (int) dataset.size()).map(dataset::label).toArray();
    }
  }

  private static DatasetRequest unnamed(int classes) {
    return new DatasetRequest(
        List.of(), Optional.of(classes), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private void assertRefused(DatasetRequest request, String... words) {
    assertThatThrownBy(() -> labels(request))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void numbersAreTheClassesWhateverElseIsThere() throws IOException {
    folders("3", "7");
    assertThat(labels(unnamed(10))).containsExactly(3, 7);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("8 of them have no folder"));
    folders("0", "1", "2", "3", "4", "5", "6", "7", "9");
    assertThat(labels(unnamed(10))).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 9);
    folders("7");
    assertThat(labels(unnamed(10))).containsExactly(7);
    folders("007", "12");
    assertThat(labels(unnamed(1000))).containsExactly(7, 12);
  }

  @Test
  void numbersAreNoTexts() throws IOException {
    folders(IntStream.range(0, 12).mapToObj(Integer::toString).toArray(String[]::new));
    TreeMap<String, Integer> expected = new TreeMap<>();
    IntStream.range(0, 12).forEach(label -> expected.put(label + "/1.png", label));
    assertThat(labels(unnamed(12)))
        .isEqualTo(expected.values().stream().mapToInt(Integer::intValue).toArray());
    try (Dataset dataset = open(DatasetRequest.open(), List.of(), null)) {
      assertThat(dataset.classNames()).element(10).isEqualTo("10");
    }
  }

  @Test
  void refusesNumbersThatAreNoClass() throws IOException {
    folders("1", "2", "3");
    assertRefused(unnamed(3), "class 3", "0 to 2", "counted from 1", "names: FILE");
    folders("0", "99999999999999999999");
    assertRefused(unnamed(3), "99999999999999999999", "0 to 2");
    folders("1", "01");
    assertRefused(unnamed(3), "'01' and '1'", "both class 1");
  }

  @Test
  void saysThatNumbersMayBeCountedFromOne() throws IOException {
    folders("1", "2");
    assertThat(labels(unnamed(3))).containsExactly(1, 2);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("counted from 1"));
  }

  @Test
  void asManyFoldersAsClassesAreTheClassesInOrder() throws IOException {
    folders("cat", "ant", "bee");
    assertThat(labels(unnamed(3))).containsExactly(0, 1, 2);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("0 = ant, 1 = bee, 2 = cat"));
  }

  @Test
  void refusesFoldersWhoseOrderTellsNothing() throws IOException {
    folders("cat", "ant");
    assertRefused(unnamed(3), "2 class folders", "ant, cat", "3 classes", "output.names");
    folders("cat", "ant", "bee");
    Files.createDirectory(folder.resolve("new"));
    assertRefused(unnamed(3), "4 class folders", "without images: new");
    folders("0", "1", "2");
    Files.createDirectory(folder.resolve("+unused"));
    assertRefused(unnamed(3), "without images: +unused", "not a number as the others are: +unused");
  }

  @Test
  void distrustsFoldersThatNumbersAndLettersSortDifferently() throws IOException {
    folders("class_01", "class_02", "class_10");
    labels(unnamed(3));
    folders("n01440764", "n02102040", "n03000684");
    labels(unnamed(3));
    folders("class_1", "class_2", "class_10");
    labels(unnamed(3), "class_1", "class_2", "class_10");
    assertThat(run.trustFlags()).isEmpty();
    assertThat(labels(unnamed(3))).containsExactly(0, 1, 2);
    assertThat(run.trustFlags())
        .singleElement()
        .satisfies(flag -> assertThat(flag.code()).isEqualTo("assumed-labels"))
        .satisfies(flag -> assertThat(flag.text()).contains("class 1 is 'class_10'", "'class_2'"));
  }

  @Test
  void refusesNumbersThatAFolderWithoutNumberShifts() throws IOException {
    folders("1", "2", "background");
    assertRefused(unnamed(3), "'1' would be class 0", "1, 2, background", "names: FILE");
    folders("0", "1", "background");
    assertThat(labels(unnamed(3))).containsExactly(0, 1, 2);
  }

  @Test
  void distrustsAnEmptyFolderThatCountsAsAClass() throws IOException {
    folders("ant", "bee");
    Files.createDirectory(folder.resolve("+unused"));
    assertThat(labels(unnamed(3))).containsExactly(1, 2);
    assertThat(run.trustFlags())
        .singleElement()
        .satisfies(flag -> assertThat(flag.text()).contains("(+unused)", "remove it"));
  }

  @Test
  void takesOneFolderForPhotosWithoutLabelsAndSaysSo() throws IOException {
    folders("photos");
    assertThat(labels(unnamed(3))).containsExactly(Dataset.NO_LABEL);
    assertThat(run.notices())
        .anyMatch(notice -> notice.contains("all images are in the one folder 'photos'"));
  }

  @Test
  void takesNamesThatAreWritten() throws IOException {
    folders("cat", "ant");
    assertThat(labels(unnamed(3), "cat", "bee", "ant")).containsExactly(2, 0);
    Path names = Files.writeString(temporary.resolve("names.txt"), "cat\nbee\r\nant\n\n");
    try (Dataset dataset = open(unnamed(3), List.of(), names)) {
      assertThat(dataset.classNames()).containsExactly("cat", "bee", "ant");
      assertThat(dataset.label(0)).isEqualTo(2);
    }
    assertThatThrownBy(() -> labels(unnamed(3), "cat", "ant"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("2 class names", "3 classes");
    assertThatThrownBy(() -> labels(unnamed(3), "cat", "ant", "cat"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("'cat' is given twice");
    assertThatThrownBy(() -> open(unnamed(3), List.of("a", "b", "c"), names))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("both classes and names");
  }

  @Test
  void namesAreEqualHoweverUnicodeWritesThem() throws IOException {
    folders(DECOMPOSED, "tea");
    assertThat(labels(DatasetRequest.named(List.of("tea", COMPOSED)))).containsExactly(1, 0);
    folders(COMPOSED, "tea");
    assertThat(labels(DatasetRequest.named(List.of("tea", DECOMPOSED)))).containsExactly(1, 0);
    folders(COMPOSED, DECOMPOSED);
    assertRefused(unnamed(2), "two folders are named", "two ways");
  }

  @Test
  void suggestsTheNameThatWasMeant() throws IOException {
    folders("Golden-Retriever");
    assertRefused(
        DatasetRequest.named(List.of("tabby", "golden retriever")),
        "did you mean 'golden retriever'?");
    folders("tabbi");
    assertRefused(
        DatasetRequest.named(List.of("tabby", "golden retriever")), "did you mean 'tabby'?");
    folders("zebra");
    assertThatThrownBy(() -> labels(DatasetRequest.named(List.of("tabby", "wolf"))))
        .hasMessageNotContaining("did you mean");
  }

  @Test
  void refusesANameOfTwoClasses() throws IOException {
    folders("crane", "heron");
    assertRefused(
        DatasetRequest.named(List.of("crane", "heron", "crane")), "any of the classes [0, 2]");
    folders("heron");
    assertThat(labels(DatasetRequest.named(List.of("crane", "heron", "crane")))).containsExactly(1);
  }

  @Test
  void saysHowToListFoldersThatAreNamedInAnotherWay() throws IOException {
    folders("n01440764", "n01443537");
    assertRefused(DatasetRequest.named(List.of("tench", "goldfish")), "`classes: [...]`");
    assertThat(labels(DatasetRequest.named(List.of("tench", "goldfish")), "n01443537", "n01440764"))
        .containsExactly(1, 0);
  }

  @Test
  void namesEmptyFoldersOfKnownClasses() throws IOException {
    folders("cat");
    Files.createDirectory(folder.resolve("dog"));
    assertThat(labels(DatasetRequest.named(List.of("cat", "dog")))).containsExactly(0);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("no images in the folders dog"));
    folders("ant");
    Files.createDirectory(folder.resolve("bee"));
    assertThat(labels(unnamed(2))).containsExactly(0);
    assertThat(run.notices()).anyMatch(notice -> notice.contains("no images in the folders bee"));
  }

  @Test
  void refusesNamesThatCannotBeDecoded() throws IOException, InterruptedException {
    folders("cat");
    Process shell =
        new ProcessBuilder("sh", "-c", "cp -r cat \"$(printf 'caf\\351')\"")
            .directory(folder.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    assertRefused(
        DatasetRequest.named(List.of("cat", COMPOSED)), "cannot be read in this locale", "UTF-8");
  }
}
