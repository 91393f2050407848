package io.hone;

import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.DistanceMeter;
import io.hone.api.metric.Distances;
import io.hone.api.metric.Outcome;
import io.hone.api.metric.StepKind;
import io.hone.api.run.Setting;
import io.hone.api.run.TrustFlag;
import io.hone.engine.ChainRunner.StepVerdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What an attack, an improver or a defense made of images that a program holds, row by row in the
 * order of the images. Immutable; its tensors are not to be written to.
 */
public final class Examples {
  /**
   * How examples came to be.
   *
   * @param kind of the step
   * @param madeBy the component's id
   * @param trust why figures cannot be fully trusted
   */
  record Origin(
      StepKind kind,
      String madeBy,
      Setting setting,
      StepSettings settings,
      List<TrustFlag> trust) {}

  private final Origin origin;
  private final StepKind kind;
  private final Optional<Examples> received;
  private final Tensor clean;
  private final int[] labels;
  private final Tensor images;
  private final List<StepVerdict> verdicts;
  private final List<Distances> distances;

  Examples(
      Origin origin,
      Optional<Examples> received,
      Tensor clean,
      int[] labels,
      Tensor images,
      List<StepVerdict> verdicts) {
    this.origin = origin;
    this.kind = origin.kind();
    this.received = received;
    this.clean = clean;
    this.labels = labels.clone();
    this.images = images;
    this.verdicts = List.copyOf(verdicts);
    DistanceMeter meter = new DistanceMeter(clean.imageShape());
    this.distances =
        IntStream.range(0, size())
            .mapToObj(row -> meter.between(clean.row(row), images.row(row)))
            .toList();
  }

  /** Returns the number of images. */
  public int size() {
    return verdicts.size();
  }

  /** Returns the clean images, {@code [N, C, H, W]}. */
  public Tensor clean() {
    return clean;
  }

  /** Returns the images that were emitted; a sample that took no part keeps what it came with. */
  public Tensor images() {
    return images;
  }

  /** Returns the true classes. */
  public int[] labels() {
    return labels.clone();
  }

  /** Returns what became of each image. */
  public List<Example> all() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  /** Returns what became of one image. */
  public Example get(int row) {
    StepVerdict verdict = verdicts.get(row);
    return new Example(
        row,
        labels[row],
        verdict.target(),
        verdict.cleanPrediction(),
        verdict.prediction(),
        verdict.attempted(),
        verdict.success(),
        verdict.success8bit(),
        Optional.of(verdict.reason()).filter(reason -> !reason.isEmpty()),
        distances.get(row),
        verdict.forwardQueries(),
        verdict.gradientQueries());
  }

  /** Returns the share of images whose clean version the model gets right; in [0, 1]. */
  public double cleanAccuracy() {
    return share(row -> verdicts.get(row).cleanPrediction() == labels[row] ? 1 : 0, false);
  }

  /**
   * Returns the share of images that the model gets right, both clean and as emitted here; in [0,
   * 1]. For a defense it is the accuracy of the defended model on what it received.
   */
  public double robustAccuracy() {
    return share(
        row -> {
          StepVerdict verdict = verdicts.get(row);
          boolean right = verdict.prediction() == labels[row];
          boolean fooled = kind != StepKind.DEFEND && verdict.success();
          boolean cleanRight = kind == StepKind.DEFEND || verdict.cleanPrediction() == labels[row];
          return right && cleanRight && !fooled ? 1 : 0;
        },
        false);
  }

  /** Returns the share of samples that took part and meet the goal; in [0, 1], NaN for none. */
  public double successRate() {
    return share(row -> verdicts.get(row).success() ? 1 : 0, true);
  }

  /** Returns the mean queries, forward and gradient, of samples that took part; NaN for none. */
  public double meanQueries() {
    return share(
        row -> verdicts.get(row).forwardQueries() + verdicts.get(row).gradientQueries(), true);
  }

  /**
   * Returns the mean distance of successful examples from their clean images; NaN for none.
   *
   * @param distance such as {@code Distances::l2}
   */
  public double meanDistance(ToDoubleFunction<Distances> distance) {
    return IntStream.range(0, size())
        .filter(row -> verdicts.get(row).success())
        .mapToDouble(row -> distance.applyAsDouble(distances.get(row)))
        .average()
        .orElse(Double.NaN);
  }

  private double share(IntToDoubleFunction value, boolean attemptedOnly) {
    return IntStream.range(0, size())
        .filter(row -> !attemptedOnly || verdicts.get(row).attempted())
        .mapToDouble(value)
        .average()
        .orElse(Double.NaN);
  }

  /** Returns what an improver or a defense received; empty for an attack. */
  public Optional<Examples> received() {
    return received;
  }

  /**
   * Returns why these figures cannot be fully trusted, such as draws in the model or an assumed
   * range; empty if nothing speaks against them.
   */
  public List<TrustFlag> trust() {
    return origin.trust();
  }

  StepKind kind() {
    return kind;
  }

  String madeBy() {
    return origin.madeBy();
  }

  Setting setting() {
    return origin.setting();
  }

  /** Returns the attack at the root of the chain. */
  Examples root() {
    return received.map(Examples::root).orElse(this);
  }

  StepSettings settings() {
    return origin.settings();
  }

  List<StepVerdict> verdicts() {
    return verdicts;
  }

  /** Returns the same as metrics see it. */
  List<Outcome> outcomes() {
    Examples before = received.orElse(this);
    Examples root = root();
    ImageShape shape = clean.imageShape();
    boolean measured = kind != StepKind.DEFEND;
    List<Outcome> outcomes = new ArrayList<>();
    for (int row = 0; row < size(); row++) {
      StepVerdict verdict = verdicts.get(row);
      boolean first = received.isEmpty();
      outcomes.add(
          new Outcome(
              kind,
              row,
              labels[row],
              verdict.target(),
              shape,
              clean.row(row),
              root.images.row(row),
              first ? clean.row(row) : before.images.row(row),
              images.row(row),
              measured ? distances.get(row) : null,
              measured ? (first ? none() : before.distances.get(row)) : null,
              measured ? root.distances.get(row) : null,
              verdict.cleanPrediction(),
              first ? verdict.cleanPrediction() : before.verdicts.get(row).prediction(),
              verdict.prediction(),
              verdict.attempted(),
              !first && before.verdicts.get(row).success(),
              verdict.success(),
              verdict.success8bit()));
    }
    return outcomes;
  }

  private static Distances none() {
    return new Distances(0, 0, 0, 0, 0, 1);
  }
}
