package io.hone.engine.step.improve;

import io.hone.api.Improver;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.geometry.EightBit;
import io.hone.api.metric.Verdict;
import io.hone.api.run.Reason;
import io.hone.engine.progress.UnitWatch;
import io.hone.engine.step.ComponentCall;
import io.hone.engine.step.RestorationTrace;
import io.hone.engine.step.SampleResult;
import io.hone.engine.step.StepContext;
import io.hone.engine.step.StepResult;
import io.hone.engine.step.StepWorker;
import io.hone.engine.step.UnitInput;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Improves the successes that a step received; all other images pass through. */
final class ImproveWorker implements StepWorker {
  private final Step step;
  private final BoundComponent<Improver<Record>> improver;
  private final boolean onGrid;
  private final StepContext context;
  private final ComponentCall call;
  private final GridStart gridStart;

  ImproveWorker(Step step, ImproveSection section, StepContext context) {
    this.step = step;
    this.improver = section.improve();
    this.onGrid = section.onGrid();
    this.context = context;
    this.call =
        new ComponentCall(
            context,
            section,
            "improver " + improver.descriptor().id(),
            improver.instance().access(improver.parameters()));
    this.gridStart = new GridStart(context.model());
  }

  @Override
  public StepResult run(UnitInput input, List<StepResult> all, UnitWatch watch) {
    StepResult received = all.get(0);
    Tensor images = received.images().copy();
    List<SampleResult> samples = new ArrayList<>();
    for (int row = 0; row < input.size(); row++) {
      SampleResult before = received.sample(row);
      samples.add(
          SampleResult.of(
              before.target(),
              Verdict.skipped(
                  input.predictions()[row], before.prediction(), Reason.NOT_ADVERSARIAL)));
    }
    int[] rows =
        IntStream.range(0, input.size()).filter(row -> received.sample(row).success()).toArray();
    double seconds = rows.length == 0 ? 0 : improve(input, received, rows, images, samples, watch);
    return new StepResult(step.name(), step.kind(), all, images, samples, seconds);
  }

  /** Writes the improved images and what became of them; returns the seconds that it took. */
  private double improve(
      UnitInput input,
      StepResult received,
      int[] rows,
      Tensor images,
      List<SampleResult> samples,
      UnitWatch watch) {
    List<SampleResult> before = IntStream.of(rows).mapToObj(received::sample).toList();
    Batch batch =
        new Batch(
            input.images().select(rows),
            StepResult.select(input.labels(), rows),
            before.stream().mapToInt(SampleResult::target).toArray());
    Tensor start = received.images().select(rows);
    Tensor untouched = onGrid ? toGrid(start, before, batch) : start;
    int[] labels = before.stream().mapToInt(SampleResult::prediction).toArray();
    RestorationTrace[] traces = traces(received.images(), before, batch, rows);
    ComponentCall.Done done =
        call.run(
            batch,
            StepResult.select(input.predictions(), rows),
            start,
            watch,
            (victim, clean, adversarial) ->
                improver
                    .instance()
                    .improve(
                        improver.parameters(),
                        new TracingVictim(victim, clean, labels, traces),
                        clean,
                        adversarial,
                        context.run()));
    for (int index = 0; index < rows.length; index++) {
      int row = rows[index];
      SampleResult improved = done.samples().get(index).with(traces[index]);
      boolean asBefore = Arrays.equals(untouched.row(index), done.images().row(index));
      if (lost(before.get(index), improved)) {
        // No improver ever loses an example: what was a success stays what it was.
        samples.set(row, givenBack(before.get(index), improved, asBefore));
      } else {
        images.copyRow(row, done.images(), index);
        boolean unsaid = improved.verdict().reason().isEmpty() && asBefore;
        samples.set(
            row,
            unsaid ? improved.with(improved.verdict().because(Reason.NOT_IMPROVED)) : improved);
      }
    }
    return done.seconds();
  }

  private SampleResult givenBack(SampleResult before, SampleResult improved, boolean asBefore) {
    String reason = onGrid && asBefore ? Reason.LOST_BY_ROUNDING : Reason.LABEL_LOST;
    return improved.with(
        new Verdict(
            improved.verdict().cleanPrediction(),
            before.prediction(),
            true,
            before.success(),
            before.verdict().success8bit(),
            improved.notes().flag().orElse(reason)));
  }

  /**
   * Moves examples to where the improver should start, and returns what they are emitted as where
   * it leaves them alone.
   */
  private Tensor toGrid(Tensor start, List<SampleResult> received, Batch batch) {
    boolean[] survives = new boolean[received.size()];
    for (int index = 0; index < survives.length; index++) {
      survives[index] = received.get(index).verdict().success8bit();
    }
    return gridStart.choose(batch, start, survives);
  }

  /** On the grid the class to keep is that of the rounded image, which only the improver asked. */
  private boolean lost(SampleResult before, SampleResult improved) {
    return !improved.success() || !onGrid && improved.prediction() != before.prediction();
  }

  /** Goes on with the traces of an improver, or starts with what the attack changed. */
  private static RestorationTrace[] traces(
      Tensor received, List<SampleResult> before, Batch clean, int[] rows) {
    RestorationTrace[] traces = new RestorationTrace[rows.length];
    for (int index = 0; index < rows.length; index++) {
      float[] example = received.row(rows[index]);
      float[] original = clean.pixels().row(index);
      traces[index] =
          before
              .get(index)
              .trace()
              .map(RestorationTrace::continued)
              .orElseGet(() -> new RestorationTrace(EightBit.differing(example, original)));
    }
    return traces;
  }
}
