package io.hone.plugins.datasets.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.plugins.datasets.download.Archives;
import io.hone.plugins.datasets.download.UnreliableMirror;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Cifar10Test {
  @TempDir Path data;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectories(data.resolve("cifar-10-batches-bin"));
  }

  private Dataset open(Split split, Integer... classes) {
    return open(new Cifar10.Params(split, List.of(classes), Optional.empty(), List.of()));
  }

  private Dataset open(Cifar10.Params parameters) {
    return new Cifar10().open(parameters, DatasetRequest.open(), new TestRun(7, data));
  }

  private Path batch(String name) {
    return folder.resolve(name + ".bin");
  }

  @Test
  void readsRedGreenAndBluePlanesBehindTheLabel() {
    CifarFiles.write(folder, Split.TEST);
    Path file = batch("test_batch");
    CifarFiles.set(file, 2, 0, 9);
    CifarFiles.set(file, 2, 1 + 3 * 32 + 5, 51);
    CifarFiles.set(file, 2, 1 + 1024 + 31 * 32, 102);
    CifarFiles.set(file, 2, 3072, 255);
    try (Dataset dataset = open(Split.TEST)) {
      assertThat(dataset.size()).isEqualTo(10_000);
      assertThat(dataset.shape()).isEqualTo(new ImageShape(3, 32, 32));
      assertThat(dataset.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
      Tensor images = Tensor.images(2, dataset.shape());
      int[] labels = new int[2];
      dataset.read(1, images, labels);
      assertThat(labels).containsExactly(0, 9);
      ImageShape shape = dataset.shape();
      assertThat(images.get(1, shape.feature(0, 3, 5))).isEqualTo(51 / 255f);
      assertThat(images.get(1, shape.feature(1, 31, 0))).isEqualTo(102 / 255f);
      assertThat(images.get(1, shape.feature(2, 31, 31))).isEqualTo(1);
      assertThat(images.row(0)).containsOnly(0);
    }
  }

  @Test
  void joinsTheFiveBatchesOfTheTrainingSetAndKeepsTheIdentityOfSamples() {
    CifarFiles.write(folder, Split.TRAIN);
    CifarFiles.set(batch("data_batch_1"), 17, 0, 7);
    CifarFiles.set(batch("data_batch_5"), 9_999, 0, 7);
    CifarFiles.set(batch("data_batch_5"), 9_999, 1, 255);
    try (Dataset all = open(Split.TRAIN);
        Dataset horses = open(Split.TRAIN, 7)) {
      assertThat(all.size()).isEqualTo(50_000);
      assertThat(horses.size()).isEqualTo(2);
      assertThat(horses.sample(0)).isEqualTo(17);
      assertThat(horses.sample(1)).isEqualTo(49_999);
      Tensor selected = Tensor.images(1, horses.shape());
      Tensor whole = Tensor.images(1, all.shape());
      horses.read(1, selected, new int[1]);
      all.read(49_999, whole, new int[1]);
      assertThat(selected.row(0)).isEqualTo(whole.row(0)).contains(1);
      assertThat(horses.fingerprint()).startsWith(all.fingerprint()).endsWith(" classes [7]");
    }
  }

  @Test
  void takesCopiesOfOtherContentAndTellsThemApart() {
    CifarFiles.write(folder, Split.TEST);
    String black = fingerprint();
    CifarFiles.set(batch("test_batch"), 5_000, 1_000, 1);
    assertThat(black).matches("[0-9a-f]{64}");
    assertThat(fingerprint()).matches("[0-9a-f]{64}").isNotEqualTo(black);
  }

  private String fingerprint() {
    try (Dataset dataset = open(Split.TEST)) {
      return dataset.fingerprint();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, it has 0 bytes",
    "30729999, no whole number of records",
    "30726927, 9999 records",
    "30733073, 10001 records",
    "30740000, no whole number of records"
  })
  void refusesFilesOfAnotherSize(long bytes, String reason) {
    CifarFiles.write(folder, Split.TRAIN);
    CifarFiles.black(batch("data_batch_3"), bytes);
    assertThatThrownBy(() -> open(Split.TRAIN))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(batch("data_batch_3").toString())
        .hasMessageContaining(reason)
        .hasMessageContaining("10000 records in 30730000 bytes");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 255})
  void refusesLabelsThatAreNoClass(int label) {
    CifarFiles.write(folder, Split.TEST);
    CifarFiles.set(batch("test_batch"), 1_234, 0, label);
    assertThatThrownBy(() -> open(Split.TEST))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(batch("test_batch").toString())
        .hasMessageContaining("record 1234 has the label " + label);
  }

  @Test
  void refusesClassesAndMirrorsThatCannotBe() {
    assertThatThrownBy(() -> open(Split.TEST, 3, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("classes from 0 to 9");
    Cifar10.Params parameters =
        new Cifar10.Params(Split.TEST, List.of(), Optional.empty(), List.of("ftp://example.org/"));
    assertThatThrownBy(() -> open(parameters))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("data set cifar10, mirrors: 'ftp://example.org/'");
    CifarFiles.write(folder, Split.TEST);
    assertThatThrownBy(() -> open(Split.TEST, 3))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no image of the classes [3]");
  }

  @Test
  void namesTheBatchesThatAreMissingAndDownloadsNoneBesideOthers() {
    CifarFiles.write(folder, Split.TRAIN);
    assertThat(batch("data_batch_2").toFile().delete()).isTrue();
    assertThat(batch("data_batch_4").toFile().delete()).isTrue();
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.status(500))) {
      Cifar10.Params parameters =
          new Cifar10.Params(Split.TRAIN, List.of(), Optional.empty(), List.of(mirror.address()));
      assertThatThrownBy(() -> open(parameters))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(folder + " lacks data_batch_2.bin, data_batch_4.bin");
      assertThat(mirror.requests()).isEmpty();
    }
  }

  @Test
  void saysWhichFilesToPutWhere() {
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.status(404))) {
      Cifar10.Params parameters =
          new Cifar10.Params(Split.TEST, List.of(), Optional.empty(), List.of(mirror.address()));
      assertThatThrownBy(() -> open(parameters))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(mirror.address() + "cifar-10-binary.tar.gz: it answered with")
          .hasMessageContaining("put test_batch.bin into " + folder)
          .hasMessageContaining("cifar-10-binary.tar.gz into " + data);
    }
  }

  @Test
  void neverTakesAnArchiveOfAnotherContent() {
    byte[] archive = Archives.tar(Map.of("cifar-10-batches-bin/test_batch.bin", new byte[100]));
    try (UnreliableMirror mirror =
        new UnreliableMirror(UnreliableMirror.whole(archive, "\"version-1\""))) {
      Cifar10.Params parameters =
          new Cifar10.Params(Split.TEST, List.of(), Optional.empty(), List.of(mirror.address()));
      assertThatThrownBy(() -> open(parameters))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("its SHA-256 is wrong");
      assertThat(batch("test_batch")).doesNotExist();
    }
  }

  @Test
  void unpacksAnArchiveThatLiesInTheDataFolder() throws IOException {
    Files.delete(folder);
    byte[] black = new byte[CifarFiles.BYTES];
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cifar-10-batches-bin/", new byte[0]);
    files.put("cifar-10-batches-bin/batches.meta.txt", "airplane\n".getBytes());
    for (Split split : Split.values()) {
      split.files().forEach(name -> files.put("cifar-10-batches-bin/" + name, black));
    }
    Path archive = data.resolve("cifar-10-binary.tar.gz");
    Files.write(archive, Archives.tar(files));
    try (Dataset dataset = open(Split.TRAIN)) {
      assertThat(dataset.size()).isEqualTo(50_000);
    }
    assertThat(archive).exists();
    try (var unpacked = Files.list(folder)) {
      assertThat(unpacked.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "batches.meta.txt",
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin",
              "test_batch.bin");
    }
  }
}
