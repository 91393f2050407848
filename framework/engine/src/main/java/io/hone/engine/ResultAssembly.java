package io.hone.engine;

import io.hone.api.run.Run;
import io.hone.api.run.TrustFlag;
import io.hone.engine.check.CheckOutcome;
import io.hone.engine.context.RunServices;
import io.hone.engine.journal.ArrayFiles;
import io.hone.engine.journal.Journal;
import io.hone.engine.journal.RunFolds;
import io.hone.engine.journal.SampleRange;
import io.hone.engine.journal.UnitRecord;
import io.hone.engine.measure.ChainCosts;
import io.hone.engine.measure.CleanAccuracy;
import io.hone.engine.measure.Gate;
import io.hone.engine.measure.StepFold;
import io.hone.engine.measure.TrustReview;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.results.Gallery;
import io.hone.engine.results.Received;
import io.hone.engine.results.SampleTable;
import io.hone.engine.results.Status;
import io.hone.engine.results.StepSummary;
import io.hone.engine.results.Summary;
import io.hone.engine.results.SummaryFile;
import io.hone.engine.results.TargetSummary;
import io.hone.engine.step.OtherModel;
import io.hone.engine.step.StepLabel;
import io.hone.engine.step.TypedStep;
import io.hone.engine.targets.SweepFold;
import io.hone.engine.targets.TargetCases;
import io.hone.host.figure.FigureTree;
import io.hone.scenario.Scenario;
import io.hone.scenario.Scenario.Save;
import io.hone.scenario.Step;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the result files together from the records of the finished units, in sample order. */
final class ResultAssembly {
  private final PreparedScenario prepared;
  private final Journal journal;
  private final RunOptions options;
  private final RunServices services;
  private final Meters meters;
  private final String identity;
  private final CheckOutcome checks;
  private final Path folder;

  ResultAssembly(
      PreparedScenario prepared,
      Journal journal,
      RunOptions options,
      RunServices services,
      Meters meters,
      String identity,
      CheckOutcome checks) {
    this.prepared = prepared;
    this.journal = journal;
    this.options = options;
    this.services = services;
    this.meters = meters;
    this.identity = identity;
    this.checks = checks;
    this.folder = options.output().path();
  }

  /** Writes everything; the journal of a complete run is deleted last. */
  RunResult write(Status status, @Nullable String error, Instant started) throws IOException {
    RunFolds all = prepared.emptyFolds();
    List<StepFold> folds = all.results();
    List<Gallery.Row> rows = new ArrayList<>();
    Path table = folder.resolve("samples.csv.part");
    try (BufferedWriter lines = Files.newBufferedWriter(table)) {
      Optional<ArrayFiles> arrays = arrays();
      try {
        lines.write(SampleTable.header());
        for (SampleRange samples : journal.finished()) {
          UnitRecord unit = read(samples);
          all.merge(unit.folds());
          lines.write(unit.lines());
          arrays.ifPresent(images -> images.append(unit));
          unit.gallery().stream()
              .limit((long) UnitRecorder.GALLERY_SIZE - rows.size())
              .forEach(rows::add);
        }
      } finally {
        arrays.ifPresent(ArrayFiles::close);
      }
    }
    Files.move(table, folder.resolve("samples.csv"), StandardCopyOption.REPLACE_EXISTING);
    judgeClean(folds);
    TrustReview review =
        new TrustReview(services.trustFlags(), this::flags, prepared.scenario().accepted());
    List<StepSummary> steps = steps(folds, review);
    List<TargetSummary> targets =
        all.sweeps().stream()
            .map(sweep -> new TargetCases(sweep, prepared.classNames()).summary(steps))
            .toList();
    Summary summary =
        new Summary(
            Summary.FORMAT,
            prepared.scenario().name(),
            status.word(),
            error,
            prepared.scenario().effective(),
            model(),
            steps,
            new Gate(steps, targets, checks.results()).judge(prepared.scenario().expectations()),
            notices(review),
            checks.results(),
            targets,
            provenance(started),
            meters.values());
    SummaryFile.write(summary, folder);
    if (status == Status.COMPLETED) {
      journal.delete();
    }
    return new RunResult(
        status,
        summary,
        new Gallery(
            prepared.dataset().shape(),
            prepared.classNames(),
            List.copyOf(rows),
            all.sweeps().stream().map(SweepFold::examples).toList()),
        folder);
  }

  /** Returns what speaks against one entry alone. */
  private List<TrustFlag> flags(String entry) {
    return Stream.concat(services.trustFlags(entry).stream(), checks.flags(entry).stream())
        .toList();
  }

  private UnitRecord read(SampleRange samples) throws IOException {
    try {
      return journal.readUnit(samples);
    } catch (DamagedRecordException e) {
      throw new IOException(
          "the journal's record of the samples at positions "
              + samples
              + " "
              + e.getMessage()
              + "; it was whole before, so check the disk",
          e);
    }
  }

  private void judgeClean(List<StepFold> folds) {
    for (int index = 0; index < prepared.models().size(); index++) {
      PreparedModel model = prepared.models().get(index);
      StepFold clean = folds.get(index);
      new CleanAccuracy(clean.correct(), clean.samples(), model.classifier().classes())
          .judge(
              model.card(),
              Files.isDirectory(model.tested().choice().card().path()),
              model.labels(),
              model.run());
    }
    for (int index = 0; index < prepared.workers().size(); index++) {
      StepFold fold = folds.get(index + prepared.models().size());
      PreparedModel tested =
          PreparedModel.of(prepared.scenario().steps().get(index), prepared.models());
      prepared.workers().get(index).other().ifPresent(other -> judge(other, fold, tested));
    }
  }

  /** Judges another model by the same clean images. */
  private static void judge(OtherModel other, StepFold fold, PreparedModel tested) {
    new CleanAccuracy(fold.cleanCorrect(), fold.samples(), other.classes())
        .judge(other.card(), other.withCard(), tested.labels(), other.run());
  }

  /** Tells what only the figures show, and returns all that was told. */
  private List<String> notices(TrustReview review) {
    Run run = services.forTask("results");
    review.notices().forEach(run::notice);
    return services.notices();
  }

  private List<StepSummary> steps(List<StepFold> folds, TrustReview review) {
    List<StepSummary> summaries = new ArrayList<>();
    ChainCosts costs = new ChainCosts();
    int models = prepared.models().size();
    for (int index = 0; index < models; index++) {
      summaries.add(clean(prepared.models().get(index), folds.get(index), review));
    }
    for (int index = 0; index < prepared.scenario().steps().size(); index++) {
      Step step = prepared.scenario().steps().get(index);
      StepFold fold = folds.get(index + models);
      StepLabel label = TypedStep.of(step).label();
      FigureTree figures = fold.figures();
      costs.add(
          step,
          new ChainCosts.Costs(
              fold.queries("forward"),
              fold.queries("gradient"),
              // Threads work side by side: their summed time is brought back to elapsed time.
              fold.seconds() / prepared.scenario().threads()),
          figures);
      StepSummary summary =
          new StepSummary(
                  step.name(),
                  step.id(),
                  new Received(step.of()),
                  step.kind().name(),
                  label.use(),
                  label.norm(),
                  label.radius(),
                  step.variant(),
                  fold.samples(),
                  fold.attempted(),
                  fold.skipped(),
                  fold.reasons(),
                  review.of(step, fold),
                  figures.toMap())
              .with(fold.statistics(prepared.classNames()));
      summaries.add(summary.with(fold.stages(prepared.workers().get(index).parts())));
    }
    return summaries;
  }

  private StepSummary clean(PreparedModel model, StepFold fold, TrustReview review) {
    return new StepSummary(
            model.clean(),
            Step.CLEAN,
            Received.NOTHING,
            fold.kind().name(),
            "",
            "",
            "",
            model.tested().variant(),
            fold.samples(),
            fold.attempted(),
            fold.skipped(),
            fold.reasons(),
            review.ofClean(model.clean(), fold),
            fold.figures().toMap())
        .with(fold.statistics(prepared.classNames()));
  }

  /** Tells of the model; of several the first, and all by the names of their clean images. */
  private Map<String, Object> model() {
    Map<String, Object> model = new LinkedHashMap<>(describe(prepared.model()));
    if (prepared.models().size() > 1) {
      Map<String, Object> variants = new LinkedHashMap<>();
      prepared.models().forEach(other -> variants.put(other.clean(), describe(other)));
      model.put("variants", variants);
    }
    return model;
  }

  private Map<String, Object> describe(PreparedModel model) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("name", model.card().name());
    description.put("file", model.card().file().getFileName().toString());
    description.put("sha256", model.card().sha256());
    description.put("classes", model.classifier().classes());
    description.put("class_names", prepared.classNames());
    description.put("training", model.card().training());
    return description;
  }

  private Map<String, Object> provenance(Instant started) {
    Map<String, Object> provenance = new LinkedHashMap<>(options.provenance());
    Scenario scenario = prepared.scenario();
    provenance.put("identity", identity);
    provenance.put("seed", scenario.seed());
    provenance.put("samples", prepared.samples());
    provenance.put("data", prepared.dataset().fingerprint());
    provenance.put("model", prepared.model().card().sha256());
    provenance.put("device", prepared.model().device());
    provenance.put("threads", scenario.threads());
    provenance.put("batch", scenario.batch());
    provenance.put("jdk", Runtime.version().toString());
    provenance.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    provenance.put("started", started.toString());
    provenance.put("elapsed_seconds", Duration.between(started, Instant.now()).toMillis() / 1e3);
    return provenance;
  }

  /** Returns the files that images are saved to, if any are. */
  private Optional<ArrayFiles> arrays() throws IOException {
    if (prepared.scenario().save() == Save.NONE) {
      return Optional.empty();
    }
    Path arrays = Files.createDirectories(ArrayFiles.folder(folder));
    return Optional.of(ArrayFiles.create(arrays, prepared.dataset().shape(), names()));
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    prepared.models().forEach(model -> names.add(model.clean()));
    prepared.scenario().steps().forEach(step -> names.add(step.name()));
    return names;
  }
}
