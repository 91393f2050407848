package io.hone.plugins.stored;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.Pixels;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import io.hone.numpy.PixelRange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * Brings in adversarial examples that another tool or an earlier run made.
 *
 * <p>Row {@code i} of the examples belongs to image {@code i} of the whole data set, unless {@code
 * samples} says otherwise. A sample keeps its clean image and is flagged {@code missing} where the
 * examples have no row for it, {@code nan} or {@code out-of-range} where the row holds NaN or a
 * value outside [0, 1], and {@code stale} where the clean image that the example was made from is
 * not the one of this data set: some feature differs by more than 1/255. An example to which the
 * model gives another class than {@code predictions} recorded is used and flagged {@code
 * other-prediction}: the model is another one, or the example was changed.
 */
@Named(
    id = "stored",
    summary = "Brings in adversarial examples that were made elsewhere.",
    example = "{examples: adv.npy, clean: clean.npy}")
@AttackProfile(
    formula = "x' = the row of examples that was made from x",
    cost = "nothing; 1 query with `predictions`")
@Extension
public final class StoredExamples implements Attack<StoredExamples.Params> {
  private static final double GREY_LEVEL = 1 / 255.0;

  /** Parameters of the attack. */
  public record Params(
      @Param(
              "NumPy array of the examples: [N, C, H, W], [N, H, W, C] or, with one channel, [N, H,"
                  + " W]; floats in [0, 1] or bytes.")
          Path examples,
      @Param("NumPy array of the clean images they were made from, to find stale ones.")
          Optional<Path> clean,
      @Param("NumPy array of integers: the index in the whole data set of each row's image.")
          Optional<Path> samples,
      @Param(
              "NumPy array of integers: the class each row was given where it was made, to find"
                  + " those that the model sees otherwise.")
          Optional<Path> predictions) {}

  @Override
  public Access access(Params parameters) {
    return Access.LABELS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    ImageRows examples = images(parameters.examples(), setting.shape(), run);
    index(parameters, examples, run);
    recorded(parameters, examples, setting.classes(), run);
    if (parameters.clean().isEmpty() && parameters.samples().isEmpty()) {
      run.notice(
          examples.name()
              + " is taken to be in the order of the whole data set; give clean or samples, else"
              + " examples of other images go unnoticed");
    }
    parameters
        .clean()
        .map(file -> images(file, setting.shape(), run))
        .filter(clean -> clean.rows() != examples.rows())
        .ifPresent(
            clean -> {
              throw new BadInputException(
                  clean.name()
                      + " holds "
                      + clean.rows()
                      + " images, but "
                      + examples.name()
                      + " holds "
                      + examples.rows()
                      + " examples; give arrays with the same rows");
            });
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    if (clean.size() == 0) {
      return;
    }
    ImageRows examples = images(parameters.examples(), adversarial.imageShape(), run);
    SampleIndex index = index(parameters, examples, run);
    Optional<ImageRows> originals =
        parameters.clean().map(file -> images(file, adversarial.imageShape(), run));
    List<Integer> used = new ArrayList<>();
    for (int row = 0; row < clean.size(); row++) {
      run.checkCancelled();
      long sample = clean.sample(row);
      OptionalLong stored = index.row(sample);
      if (stored.isEmpty()) {
        flag(Flag.MISSING, sample, examples, run);
        continue;
      }
      float[] example = examples.read(stored.getAsLong());
      Optional<Flag> fault = fault(example);
      if (originals.isPresent()
          && differs(originals.get().read(stored.getAsLong()), clean.pixels().row(row))) {
        fault = Optional.of(Flag.STALE);
      }
      if (fault.isPresent()) {
        flag(fault.get(), sample, examples, run);
      } else {
        adversarial.setRow(row, example);
        used.add(row);
      }
    }
    ImageBatch brought =
        clean.images().with(adversarial).select(used.stream().mapToInt(row -> row).toArray());
    recorded(parameters, examples, victim.classes(), run).stream()
        .flatMap(classes -> classes.others(index, victim, brought, run).stream())
        .forEach(sample -> flag(Flag.OTHER_PREDICTION, sample, examples, run));
  }

  private static void flag(Flag flag, long sample, ImageRows examples, Run run) {
    run.flag(sample, flag.reason());
    run.notice(flag.notice(examples.name()));
  }

  private static ImageRows images(Path file, ImageShape shape, Run run) {
    return run.once("images " + file, () -> ImageRows.open(file, shape, run));
  }

  private static SampleIndex index(Params parameters, ImageRows examples, Run run) {
    return run.once(
        "samples",
        () ->
            parameters
                .samples()
                .map(file -> SampleIndex.read(file, examples))
                .orElseGet(() -> SampleIndex.wholeDataSet(examples.rows())));
  }

  private static Optional<RecordedClasses> recorded(
      Params parameters, ImageRows examples, int known, Run run) {
    return parameters
        .predictions()
        .map(
            file ->
                run.once("predictions " + file, () -> RecordedClasses.read(file, examples, known)));
  }

  /** Returns what is wrong with an example; clips what another tool's rounding put outside. */
  private static Optional<Flag> fault(float[] example) {
    for (int feature = 0; feature < example.length; feature++) {
      float value = example[feature];
      if (Float.isNaN(value)) {
        return Optional.of(Flag.NAN);
      }
      if (!PixelRange.isRounded(value)) {
        return Optional.of(Flag.OUT_OF_RANGE);
      }
      example[feature] = Pixels.clip(value);
    }
    return Optional.empty();
  }

  private static boolean differs(float[] original, float[] clean) {
    for (int feature = 0; feature < clean.length; feature++) {
      double difference = Math.abs((double) original[feature] - clean[feature]);
      if (!(difference <= GREY_LEVEL + PixelRange.ROUNDING)) {
        return true;
      }
    }
    return false;
  }
}
