package io.hone.plugins.improvers.search;

import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Reason;
import io.hone.api.run.Run;
import io.hone.api.victim.Victim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Runs one search for each sample of a batch, as many side by side as make a round: what they ask
 * in it is one inference.
 *
 * <p>Each sample first asks one query for the class that it keeps from then on. An example that
 * does not meet its goal stays as it was and is given up as {@code not-adversarial} ({@code nan}
 * where the model returned NaN). Where a sample's budget ends, what was confirmed so far stays.
 */
public final class Searches {
  /**
   * Values of the images in a round: so few that a core's cache holds what a small model computes
   * of them.
   */
  private static final int ROUND_VALUES = 75_000;

  /** Images in a round at least: enough that the call itself costs little. */
  private static final int FEWEST = 16;

  /** Starts the search on one sample. */
  @FunctionalInterface
  public interface Start {
    /**
     * Returns the search of a sample.
     *
     * @param row of the sample in the batch
     */
    Search search(int row);
  }

  private final Victim victim;
  private final Batch clean;
  private final Tensor adversarial;
  private final Run run;
  private final Gradients gradients;
  private final int width;

  /** A sample whose search has not begun. */
  private record Waiting(int row, int label) {}

  private record Active(int row, int label, Search search) {}

  private record Asked(Active active, int first, int count) {}

  private Searches(
      Victim victim, Batch clean, Tensor adversarial, Run run, Gradients gradients, int width) {
    this.victim = victim;
    this.clean = clean;
    this.adversarial = adversarial;
    this.run = run;
    this.gradients = gradients;
    this.width = width;
  }

  /** Runs searches that see labels only and ask about one image at a time. */
  public static void run(Victim victim, Batch clean, Tensor adversarial, Run run, Start start) {
    run(victim, clean, adversarial, run, Gradients.NONE, 1, start);
  }

  /**
   * Runs searches.
   *
   * @param gradients what the searches may learn
   * @param width how many images a search asks about at most in one round; the more, the fewer
   *     samples go side by side
   */
  public static void run(
      Victim victim,
      Batch clean,
      Tensor adversarial,
      Run run,
      Gradients gradients,
      int width,
      Start start) {
    Searches searches = new Searches(victim, clean, adversarial, run, gradients, width);
    searches.finish(searches.examples(), start);
  }

  /** Returns the samples that have something to improve, each with the class that it keeps. */
  private Deque<Waiting> examples() {
    int[] rows =
        IntStream.range(0, clean.size())
            .filter(row -> victim.remainingQueries(clean.sample(row)) > 0)
            .toArray();
    Deque<Waiting> examples = new ArrayDeque<>();
    if (rows.length == 0) {
      return examples;
    }
    run.checkCancelled();
    int[] labels = victim.predict(images(rows));
    for (int index = 0; index < rows.length; index++) {
      int row = rows[index];
      if (clean.succeeds(row, labels[index])) {
        examples.add(new Waiting(row, labels[index]));
      } else {
        run.giveUp(clean.sample(row), labels[index] < 0 ? Reason.NAN : Reason.NOT_ADVERSARIAL);
      }
    }
    return examples;
  }

  /** Lets a sample begin as soon as another has finished, so that rounds stay full to the last. */
  private void finish(Deque<Waiting> waiting, Start start) {
    int together = Math.max(1, round() / width);
    Questions questions = new Questions(adversarial, Math.min(together, waiting.size()) * width);
    List<Active> active = new ArrayList<>();
    while (!active.isEmpty() || !waiting.isEmpty()) {
      while (active.size() < together && !waiting.isEmpty()) {
        Waiting next = waiting.remove();
        active.add(new Active(next.row(), next.label(), start.search(next.row())));
      }
      run.checkCancelled();
      active = askAndAnswer(teach(active), questions);
    }
  }

  /** Returns how many images are asked about at once; large batches are asked for large rounds. */
  private int round() {
    int cached = Math.max(FEWEST, ROUND_VALUES / adversarial.rowSize());
    return Math.max(cached, clean.size() / 4);
  }

  /** Measures for the searches that want it; those that cannot pay for it are finished. */
  private List<Active> teach(List<Active> active) {
    if (gradients.queries() == 0) {
      return active;
    }
    List<Active> staying = new ArrayList<>();
    List<Active> wanting = new ArrayList<>();
    for (Active one : active) {
      boolean wants = one.search().wantsGradients();
      if (!wants || remaining(one) >= gradients.queries()) {
        staying.add(one);
      }
      if (wants && remaining(one) >= gradients.queries()) {
        wanting.add(one);
      }
    }
    if (!wanting.isEmpty()) {
      int[] rows = wanting.stream().mapToInt(Active::row).toArray();
      int[] labels = wanting.stream().mapToInt(Active::label).toArray();
      List<Tensor> measured = gradients.measure(victim, images(rows), labels);
      for (int index = 0; index < rows.length; index++) {
        int row = index;
        wanting
            .get(index)
            .search()
            .learn(measured.stream().map(tensor -> tensor.row(row)).toArray(float[][]::new));
      }
    }
    return staying;
  }

  private List<Active> askAndAnswer(List<Active> active, Questions questions) {
    List<Active> staying = new ArrayList<>();
    List<Asked> asked = new ArrayList<>();
    questions.clear();
    for (Active one : active) {
      long remaining = remaining(one);
      if (remaining > 0) {
        int first = questions.size();
        questions.open(clean.sample(one.row()), remaining);
        one.search().ask(questions);
        if (questions.size() > first) {
          asked.add(new Asked(one, first, questions.size() - first));
          staying.add(one);
        }
      }
    }
    if (!asked.isEmpty()) {
      int[] predicted = victim.predict(questions.images());
      for (Asked one : asked) {
        one.active()
            .search()
            .answer(
                new Answers(
                    questions.pixels(), predicted, one.first(), one.count(), one.active().label()));
      }
    }
    return staying;
  }

  private long remaining(Active one) {
    return victim.remainingQueries(clean.sample(one.row()));
  }

  private ImageBatch images(int[] rows) {
    ImageBatch all = clean.images().with(adversarial);
    return rows.length == clean.size() ? all : all.select(rows);
  }
}
