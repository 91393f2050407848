package io.hone.cli.export;

import io.hone.engine.results.RateInterval;
import io.hone.engine.results.SampleOutcome;
import io.hone.engine.results.SampleTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds in what a run differs from what a leaderboard of RobustBench evaluates. */
final class RobustBenchReview {
  private static final String ATTACK = "auto-attack";
  private static final String VERSION = "standard";

  private final AttackedRun run;
  private final String dataset;
  private final Path folder;
  private final List<String> found = new ArrayList<>();

  /**
   * Creates a review.
   *
   * @param dataset as RobustBench names it
   * @param folder of the run's results
   */
  RobustBenchReview(AttackedRun run, String dataset, Path folder) {
    this.run = run;
    this.dataset = dataset;
    this.folder = folder;
  }

  /** Returns what a leaderboard requires and the run lacks, one sentence each. */
  List<String> differences(double radius) {
    List<ThreatModel> boards = ThreatModel.of(dataset);
    if (boards.isEmpty()) {
      found.add(
          "RobustBench has no leaderboard for "
              + dataset
              + "; its data sets are "
              + ThreatModel.ALL.stream()
                  .map(ThreatModel::dataset)
                  .distinct()
                  .collect(Collectors.joining(", ")));
    } else {
      judgeBall(boards, radius);
      judgeImages(boards.get(0).images());
    }
    judgeAttack();
    Set<String> doubts = run.doubts();
    if (!doubts.isEmpty()) {
      found.add(
          "the entry is marked as unreliable, because of these trust flags: "
              + String.join(", ", doubts));
    }
    return List.copyOf(found);
  }

  private void judgeBall(List<ThreatModel> boards, double radius) {
    String norm = run.attack().norm();
    if (boards.stream().noneMatch(board -> board.isBall(norm, radius))) {
      found.add(
          "the leaderboards of "
              + dataset
              + " take the ball "
              + boards.stream().map(ThreatModel::ball).collect(Collectors.joining(" or "))
              + "; this attack worked within "
              + (norm.isEmpty() ? "an unknown norm" : norm)
              + " "
              + ThreatModel.radius(norm, radius));
    }
  }

  private void judgeImages(long wanted) {
    long images = run.attack().samples();
    if (images != wanted) {
      found.add(
          String.format(
                  Locale.ROOT,
                  "the leaderboards of %s evaluate %,d images; this run has %,d",
                  dataset,
                  wanted,
                  images)
              + interval());
    }
    if (!areTheFirst()) {
      found.add("the images are not the first images of the data set, in order");
    }
    Optional<Object> split = run.ofScenario("dataset", "with", "split");
    if (split.isPresent() && !split.get().equals("test")) {
      found.add("the images are of the split " + split.get() + ", not of the test set");
    }
    if (dataset.equals("imagenet")) {
      found.add(
          "the leaderboard of imagenet evaluates a fixed list of 5,000 validation images; whether"
              + " these are the images cannot be told");
    }
  }

  private String interval() {
    RateInterval interval = run.attack().intervals().get("accuracy");
    return interval == null
        ? ""
        : "; the 95 % interval of the robust accuracy is "
            + RobustBenchEntry.percent(interval.low())
            + " to "
            + RobustBenchEntry.percent(interval.high());
  }

  /** Samples of selected classes or from another place of the data set have other indices. */
  private boolean areTheFirst() {
    List<Long> indices = new ArrayList<>();
    String clean = run.clean().name();
    SampleTable.read(
        folder,
        (SampleOutcome outcome) -> {
          if (outcome.step().equals(clean)) {
            indices.add(outcome.index());
          }
        });
    for (int place = 0; place < indices.size(); place++) {
      if (indices.get(place) != place) {
        return false;
      }
    }
    return true;
  }

  private void judgeAttack() {
    if (!run.attack().use().equals(ATTACK)) {
      found.add(
          "the figure autoattack_acc is that of "
              + run.attack().use()
              + "; the leaderboards take "
              + ATTACK
              + " with version "
              + VERSION);
      return;
    }
    boolean ownList = run.parameter("attacks").filter(list -> !List.of().equals(list)).isPresent();
    if (ownList || !run.parameter("version").orElse(VERSION).equals(VERSION)) {
      found.add("the leaderboards take " + ATTACK + " with version " + VERSION + " alone");
    }
    if (run.setting("queries").isPresent()) {
      found.add("the step limits the queries, which the leaderboards do not");
    }
    if (run.setting("bounds").isPresent()) {
      found.add("the step has bounds of single features, which the leaderboards do not");
    }
    if (run.setting("grid").filter(grid -> !grid.equals("float")).isPresent()) {
      found.add("the step emits images on the 8-bit grid, which the leaderboards do not");
    }
    Optional<Object> goal = run.setting("goal").or(() -> run.ofScenario("goal"));
    if (goal.isPresent() && !goal.get().equals("untargeted")) {
      found.add("the goal is targeted; the leaderboards count any wrong class");
    }
  }
}
