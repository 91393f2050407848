package io.hone.engine.step;

import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.StepKind;
import io.hone.engine.context.SampleNotes;
import java.util.Arrays;

/** What one step made of the samples of one unit, row by row. */
public final class StepResult {
  private final String name;
  private final StepKind kind;
  private final StepResult received;

  /** What the step emits: for a defense the recovered images, or the received ones. */
  public final Tensor images;

  public final int[] targets;
  public final boolean[] attempted;
  public final String[] reasons;
  public final int[] predictions;
  public final boolean[] success;
  public final boolean[] success8bit;
  public final long[] forwardQueries;
  public final long[] gradientQueries;
  public final int[] cleanPredictions;
  public final SampleNotes[] notes;

  /** How an improver went, by row; null where a row took no part or the step is another one. */
  public final RestorationTrace[] traces;

  public double seconds;

  public StepResult(
      String name, StepKind kind, StepResult received, Tensor images, int[] cleanPredictions) {
    int rows = images.rows();
    this.name = name;
    this.kind = kind;
    this.received = received;
    this.images = images;
    this.cleanPredictions = cleanPredictions;
    this.targets = new int[rows];
    this.attempted = new boolean[rows];
    this.reasons = new String[rows];
    this.predictions = new int[rows];
    this.success = new boolean[rows];
    this.success8bit = new boolean[rows];
    this.forwardQueries = new long[rows];
    this.gradientQueries = new long[rows];
    this.notes = new SampleNotes[rows];
    this.traces = new RestorationTrace[rows];
    Arrays.fill(targets, Batch.NO_TARGET);
    Arrays.setAll(notes, row -> new SampleNotes());
  }

  public String name() {
    return name;
  }

  public StepKind kind() {
    return kind;
  }

  /** Returns the step it received from; null for the clean step. */
  public StepResult received() {
    return received;
  }

  /** Returns the attack at the root of the chain, or the clean step where there is none. */
  public StepResult root() {
    StepResult root = this;
    while (root.kind != StepKind.ATTACK && root.received != null) {
      root = root.received;
    }
    return root;
  }
}
