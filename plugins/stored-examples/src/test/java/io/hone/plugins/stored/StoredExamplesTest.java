package io.hone.plugins.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.numpy.NumpyType;
import io.hone.numpy.NumpyWriter;
import io.hone.testkit.CountingVictim;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.ConstantClassifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredExamplesTest {
  private static final ImageShape SHAPE = new ImageShape(2, 1, 2);
  private static final float[] GREY = {0.5f, 0.5f, 0.5f, 0.5f};

  @TempDir private Path folder;

  private final TestRun run = new TestRun(1);
  private Optional<Path> predictions = Optional.empty();

  @Test
  void takesRowsInTheOrderOfTheWholeDataSet() {
    Path examples = write("adv.npy", row(0.1f), row(0.2f), row(0.3f));
    Tensor adversarial = brought(examples, null, null, 2, 0, 3);
    assertThat(adversarial.row(0)).containsOnly(0.3f);
    assertThat(adversarial.row(1)).containsOnly(0.1f);
    assertThat(adversarial.row(2)).as("the clean image").containsExactly(GREY);
    assertThat(run.flaggedSamples()).containsExactly(3L);
    assertThat(run.flags(3)).containsExactly("missing");
  }

  @Test
  void takesRowsAsTheSamplesSay() {
    Path examples = write("adv.npy", row(0.1f), row(0.2f));
    Tensor adversarial = brought(examples, null, writeSamples(70_000_000_000L, 4), 4, 5);
    assertThat(adversarial.row(0)).containsOnly(0.2f);
    assertThat(adversarial.row(1)).containsExactly(GREY);
    assertThat(run.flags(5)).containsExactly("missing");
  }

  @Test
  void flagsWhatIsNoImage() {
    float[] nan = {0.1f, Float.NaN, 0.1f, 0.1f};
    float[] outside = {0.1f, 1.01f, 0.1f, 0.1f};
    float[] rounded = {0.1f, 1.0000001f, -1e-8f, 0.1f};
    Tensor adversarial = brought(write("adv.npy", nan, outside, rounded), null, null, 0, 1, 2);
    assertThat(adversarial.row(0)).containsExactly(GREY);
    assertThat(adversarial.row(1)).containsExactly(GREY);
    assertThat(adversarial.row(2)).containsExactly(0.1f, 1, 0, 0.1f);
    assertThat(run.flags(0)).containsExactly("nan");
    assertThat(run.flags(1)).containsExactly("out-of-range");
    assertThat(run.flags(2)).isEmpty();
  }

  @Test
  void refusesExamplesOfAnotherScale() {
    Path examples = write("adv.npy", row(0.1f), row(255));
    assertThatThrownBy(() -> brought(examples, null, null, 0, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("adv.npy", "255.0 in sample 1", "divide the array by 255");
  }

  @Test
  void saysThatRoundedValuesAreClipped() {
    float[] rounded = {0.1f, 1.0000001f, -1e-8f, 0.1f};
    brought(write("adv.npy", row(0.1f), rounded), null, null, 0, 1);
    assertThat(run.notices())
        .anySatisfy(notice -> assertThat(notice).contains("1.0000001 in row 1", "clipped"));
  }

  @Test
  void distrustsExamplesThatAreNearlyBlack() {
    brought(write("adv.npy", row(0), row(1 / 255f)), null, null, 0, 1);
    assertThat(run.trustFlags())
        .singleElement()
        .satisfies(flag -> assertThat(flag.text()).contains("adv.npy", "nearly black"));
  }

  @Test
  void flagsExamplesOfOtherImages() {
    Path examples = write("adv.npy", row(0.1f), row(0.2f), row(0.3f));
    float[] grey = GREY.clone();
    grey[3] = 0.5f + 1 / 255f;
    float[] other = GREY.clone();
    other[3] = 0.5f + 2 / 255f;
    Tensor adversarial = brought(examples, write("clean.npy", GREY, grey, other), null, 0, 1, 2);
    assertThat(adversarial.row(0)).containsOnly(0.1f);
    assertThat(adversarial.row(1)).as("as far as 8 bits round").containsOnly(0.2f);
    assertThat(adversarial.row(2)).containsExactly(GREY);
    assertThat(run.flaggedSamples()).containsExactly(2L);
    assertThat(run.flags(2)).containsExactly("stale");
  }

  @Test
  void flagsExamplesToWhichTheModelGivesAnotherClassThanRecordedAndUsesThem() {
    Path examples = write("adv.npy", row(0.1f), row(0.2f), row(0.3f));
    // the model gives class 0, whatever it sees
    predictions = Optional.of(writeNumbers("classes.npy", 0, 1, 0));
    Tensor adversarial = brought(examples, null, writeSamples(4, 9, 6), 9, 6, 4, 5);
    assertThat(adversarial.row(0)).containsOnly(0.2f);
    assertThat(adversarial.row(1)).containsOnly(0.3f);
    assertThat(adversarial.row(2)).containsOnly(0.1f);
    assertThat(run.flaggedSamples()).containsExactlyInAnyOrder(5L, 9L);
    assertThat(run.flags(9)).containsExactly("other-prediction");
    assertThat(run.flags(5)).as("nothing to ask about").containsExactly("missing");
    assertThat(run.notices())
        .anySatisfy(text -> assertThat(text).contains("adv.npy", "other-prediction"))
        .anySatisfy(text -> assertThat(text).contains("adv.npy", "missing"));
  }

  @Test
  void refusesPredictionsOfAnotherModelOrOfOtherExamples() {
    Path examples = write("adv.npy", row(0.1f), row(0.2f));
    predictions = Optional.of(writeNumbers("classes.npy", 0, 2));
    assertRefused(examples, null, null, SHAPE, "classes.npy", "row 1", "class 2", "0 to 1");
    predictions = Optional.of(writeNumbers("classes.npy", -2, 1));
    assertRefused(examples, null, null, SHAPE, "classes.npy", "row 0", "class -2");
    predictions = Optional.of(writeNumbers("classes.npy", 0, 1, 1));
    assertRefused(examples, null, null, SHAPE, "classes.npy", "each of the 2 rows of", "adv.npy");
    predictions = Optional.of(write("floats.npy", row(0.1f), row(0.2f)));
    assertRefused(examples, null, null, SHAPE, "floats.npy", "one integer is needed");
  }

  @Test
  void saysWhenNothingTellsWhichImagesTheExamplesWereMadeFrom() {
    Path examples = write("adv.npy", row(0.1f));
    brought(examples, null, null, 0);
    assertThat(run.notices())
        .singleElement()
        .asString()
        .contains("order of the whole data set", "clean", "samples");
  }

  @Test
  void saysNothingWhereTheCleanImagesTell() {
    brought(write("adv.npy", row(0.1f)), write("clean.npy", GREY), null, 0);
    assertThat(run.notices()).isEmpty();
  }

  @Test
  void readsBytesWithTheChannelsLast() throws IOException {
    Path examples = folder.resolve("bytes.npy");
    byte[] pixels = {0, (byte) 255, 51, 102};
    Files.write(
        examples, npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 1, 2, 2), }", pixels));
    ImageShape shape = new ImageShape(2, 1, 2);
    assertThat(ImageRows.open(examples, shape, run).read(0))
        .as("2 channels of 1 x 2, stored as 1 x 2 pixels of 2 channels")
        .containsExactly(0, 0.2f, 1, 0.4f);
  }

  @Test
  void refusesArraysThatCannotBelongToTheImages() {
    Path examples = write("adv.npy", row(0.1f), row(0.2f));
    assertRefused(examples, null, null, new ImageShape(1, 28, 28), "1x28x28", "(2, 2, 1, 2)");
    assertRefused(writeSamples(1, 2), null, null, SHAPE, "samples.npy", "i8");
    assertRefused(examples, write("clean.npy", row(0.1f)), null, SHAPE, "1 images", "2 examples");
    assertRefused(examples, null, writeSamples(1, 2, 3), SHAPE, "samples.npy", "2 rows");
    assertRefused(examples, null, writeSamples(7, 7), SHAPE, "samples.npy", "sample 7");
    assertRefused(folder.resolve("no.npy"), null, null, SHAPE, "no.npy", "does not exist");
  }

  private void assertRefused(
      Path examples, Path clean, Path samples, ImageShape shape, String... words) {
    Setting setting = new Setting(shape, 2, 10, false);
    assertThatThrownBy(
            () ->
                new StoredExamples()
                    .prepare(parameters(examples, clean, samples), setting, new TestRun(1)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  private Tensor brought(Path examples, Path clean, Path samples, long... asked) {
    Tensor pixels = Tensor.images(asked.length, SHAPE);
    for (int row = 0; row < asked.length; row++) {
      pixels.setRow(row, GREY);
    }
    int[] untargeted = new int[asked.length];
    Arrays.fill(untargeted, Batch.NO_TARGET);
    Batch batch = new Batch(new ImageBatch(pixels, asked), new int[asked.length], untargeted);
    StoredExamples.Params parameters = parameters(examples, clean, samples);
    StoredExamples attack = new StoredExamples();
    attack.prepare(parameters, new Setting(SHAPE, 2, asked.length, false), run);
    CountingVictim victim =
        new CountingVictim(new ConstantClassifier(SHAPE, 1, 0), Access.LABELS, run);
    Tensor adversarial = pixels.copy();
    attack.attack(parameters, victim, batch, adversarial, run);
    return adversarial;
  }

  private StoredExamples.Params parameters(Path examples, Path clean, Path samples) {
    return new StoredExamples.Params(
        examples, Optional.ofNullable(clean), Optional.ofNullable(samples), predictions);
  }

  private static float[] row(float value) {
    float[] row = new float[SHAPE.features()];
    Arrays.fill(row, value);
    return row;
  }

  private Path write(String name, float[]... rows) {
    Path file = folder.resolve(name);
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.FLOAT32, 2, 1, 2)) {
      for (float[] row : rows) {
        writer.append(row);
      }
    }
    return file;
  }

  private Path writeSamples(long... samples) {
    return writeNumbers("samples.npy", samples);
  }

  private Path writeNumbers(String name, long... numbers) {
    Path file = folder.resolve(name);
    try (NumpyWriter writer = NumpyWriter.create(file, NumpyType.INT64)) {
      writer.append(numbers);
    }
    return file;
  }

  /** A version 1.0 file as NumPy writes it. */
  private static byte[] npy(String header, byte[] values) {
    String padded = header + " ".repeat(63 - (10 + header.length()) % 64) + "\n";
    ByteBuffer file = ByteBuffer.allocate(10 + padded.length() + values.length);
    file.put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0);
    file.put((byte) padded.length()).put((byte) (padded.length() >> 8));
    return file.put(padded.getBytes(StandardCharsets.US_ASCII)).put(values).array();
  }
}
