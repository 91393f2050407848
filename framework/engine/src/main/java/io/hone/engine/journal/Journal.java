package io.hone.engine.journal;

import io.hone.engine.context.NoticeRecord;
import io.hone.engine.context.RunNotices;
import io.hone.engine.journal.RecordFile.Head;
import io.hone.engine.journal.RecordFile.Kind;
import io.hone.engine.measure.StepFold;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.record.RecordInput;
import io.hone.engine.results.FileTree;
import io.hone.engine.step.StepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The records of an unfinished run, one file each: of every unit that is finished, and of the
 * finished steps of units that are not.
 *
 * <p>A record appears under its name only once it is whole, so a run may be killed anywhere: what
 * is missing is simply run again. Every record carries a check sum, the identity of its run and the
 * samples it is about; what does not agree with them is taken for missing.
 */
public final class Journal {
  /** The ending of a file that is being written. */
  static final String PART = ".part";

  private static final String RUN = "identity";
  private static final Pattern UNIT = Pattern.compile("(\\d{12,18})-(\\d{1,10})\\.unit");
  private static final Pattern STEP = Pattern.compile("(\\d{12,18})-(\\d{1,10})-(\\d{1,6})\\.step");

  /** What the first version wrote into the file: the identity alone, a SHA-256. */
  private static final Pattern FIRST_FORMAT = Pattern.compile("[0-9a-f]{64}");

  private static final int LONGEST_IDENTITY = 1024;

  private final Path folder;
  private final RunIdentity run;
  private final String identity;
  private final Supplier<RunFolds> emptyFolds;
  private final RunNotices telling;
  private final NavigableMap<Long, SampleRange> finished = new ConcurrentSkipListMap<>();

  /**
   * Names the journal of a run; nothing is read or written yet.
   *
   * @param run whose journal it is
   * @param emptyFolds to be filled from a record
   * @param telling what is told at work is kept with the records, and taken in from them
   */
  public Journal(Path folder, RunIdentity run, Supplier<RunFolds> emptyFolds, RunNotices telling) {
    this.telling = telling;
    this.folder = folder;
    this.run = run;
    this.identity = run.sha256();
    this.emptyFolds = emptyFolds;
  }

  /** Takes in that a unit's record was found whole. */
  void found(SampleRange samples) {
    finished.put(samples.position(), samples);
  }

  /** Returns the samples of the finished units, found or written, in order. */
  public Collection<SampleRange> finished() {
    return List.copyOf(finished.values());
  }

  /** Whose journal the folder holds. */
  public enum Owner {
    NOBODY,
    THIS_RUN,
    ANOTHER_RUN,
    /** A run of a Hone whose records this one does not read. */
    ANOTHER_VERSION,
    /** It is not known, since the record that tells is damaged or gone. */
    UNKNOWN
  }

  /** Returns whose journal this is, by all that can be read. */
  public Owner owner() throws IOException {
    if (!Files.isDirectory(folder)) {
      return Owner.NOBODY;
    }
    Optional<Owner> told = toldByRunRecord();
    if (told.isPresent()) {
      return told.get();
    }
    List<Path> records = records();
    for (Path record : records) {
      Optional<Owner> owner = toldBy(record);
      if (owner.isPresent()) {
        return owner.get();
      }
    }
    return records.isEmpty() && !Files.exists(folder.resolve(RUN)) ? Owner.NOBODY : Owner.UNKNOWN;
  }

  private Optional<Owner> toldByRunRecord() throws IOException {
    Path file = folder.resolve(RUN);
    if (Files.isRegularFile(file)
        && Files.size(file) <= LONGEST_IDENTITY
        && FIRST_FORMAT
            .matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .matches()) {
      return Optional.of(Owner.ANOTHER_VERSION);
    }
    return toldBy(file);
  }

  private Optional<Owner> toldBy(Path record) throws IOException {
    try {
      Head head = RecordFile.read(record, Journal::skipContent);
      return Optional.of(head.identity().equals(identity) ? Owner.THIS_RUN : Owner.ANOTHER_RUN);
    } catch (RecordFile.OtherFormatException e) {
      return Optional.of(Owner.ANOTHER_VERSION);
    } catch (DamagedRecordException e) {
      return Optional.empty();
    }
  }

  /** Returns in what the run that the folder holds differs from this one, as far as it is known. */
  public List<String> differences() throws IOException {
    try {
      return run.differences(
          RecordFile.read(folder.resolve(RUN), (head, input) -> RunIdentity.readParts(input)));
    } catch (RecordFile.OtherFormatException | DamagedRecordException unknown) {
      return List.of();
    }
  }

  private static Head skipContent(Head head, RecordInput input) throws IOException {
    input.skipNBytes(input.remaining());
    return head;
  }

  /** Makes the journal this run's, if it is not yet; records that are there stay. */
  public void start() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(RUN);
    if (toldByRunRecord().isEmpty()) {
      FileTree.delete(file);
      RecordFile.write(
          file,
          new Head(Kind.RUN, identity, new SampleRange(0, 1), -1),
          output -> run.parts().write(output));
    }
  }

  /** Writes the record of a finished unit; safe to call from several threads. */
  public void write(UnitRecord unit) throws IOException {
    SampleRange samples = new SampleRange(unit.position(), unit.count());
    RecordFile.write(
        unitFile(samples),
        new Head(Kind.UNIT, identity, samples, -1),
        output -> {
          telling.atWork().write(output);
          unit.write(output);
        });
    finished.put(samples.position(), samples);
  }

  /** Writes the record of a finished step of a unit; safe to call from several threads. */
  public void write(SampleRange samples, int step, StepResult result) throws IOException {
    RecordFile.write(
        stepFile(samples, step),
        new Head(Kind.STEP, identity, samples, step),
        output -> {
          telling.atWork().write(output);
          StepRecord.write(result, output);
        });
  }

  /**
   * Reads the record of a unit.
   *
   * @throws DamagedRecordException if it is not what this run wrote there
   */
  public UnitRecord readUnit(SampleRange samples) throws IOException {
    Head expected = new Head(Kind.UNIT, identity, samples, -1);
    return RecordFile.read(
        unitFile(samples),
        (head, input) -> {
          check(head, expected);
          telling.add(NoticeRecord.read(input));
          UnitRecord unit = UnitRecord.read(samples, input, emptyFolds);
          for (StepFold fold : unit.folds().results()) {
            if (fold.samples() != samples.count()) {
              throw new DamagedRecordException("has figures of " + fold.samples() + " samples");
            }
          }
          return unit;
        });
  }

  /**
   * Reads a step's results for some samples.
   *
   * @param recorded all samples of the record
   * @param reading makes results of the content
   * @throws DamagedRecordException if it is not what this run wrote there
   */
  <T> T readStep(SampleRange recorded, int step, RecordFile.Reading<T> reading) throws IOException {
    Head expected = new Head(Kind.STEP, identity, recorded, step);
    return RecordFile.read(
        stepFile(recorded, step),
        (head, input) -> {
          check(head, expected);
          telling.add(NoticeRecord.read(input));
          return reading.read(head, input);
        });
  }

  /** Compares a step's record with its check sum. */
  void checkStep(SampleRange recorded, int step) throws IOException {
    Head expected = new Head(Kind.STEP, identity, recorded, step);
    RecordFile.read(
        stepFile(recorded, step),
        (head, input) -> {
          check(head, expected);
          return skipContent(head, input);
        });
  }

  private static void check(Head head, Head expected) throws DamagedRecordException {
    if (head.equals(expected)) {
      return;
    }
    if (!head.identity().equals(expected.identity())) {
      throw new DamagedRecordException("belongs to another run");
    }
    throw new DamagedRecordException(
        "is of the samples at positions " + head.samples() + ", which its name does not say");
  }

  /** A file that its name says to be a record. */
  record Named(Path file, Kind kind, SampleRange samples, int step) {}

  /** Returns what a file's name says; empty if it is the name of no record. */
  static Optional<Named> named(Path file) {
    String name = file.getFileName().toString();
    Matcher unit = UNIT.matcher(name);
    if (unit.matches()) {
      return Optional.of(new Named(file, Kind.UNIT, range(unit), -1));
    }
    Matcher step = STEP.matcher(name);
    return step.matches()
        ? Optional.of(new Named(file, Kind.STEP, range(step), Integer.parseInt(step.group(3))))
        : Optional.empty();
  }

  private static SampleRange range(Matcher name) {
    return new SampleRange(Long.parseLong(name.group(1)), Long.parseLong(name.group(2)));
  }

  /** Returns all files but the record of the run, sorted by name. */
  List<Path> records() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith(RUN)).sorted().toList();
    }
  }

  private Path unitFile(SampleRange samples) {
    return folder.resolve(String.format("%012d-%d.unit", samples.position(), samples.count()));
  }

  private Path stepFile(SampleRange samples, int step) {
    return folder.resolve(
        String.format("%012d-%d-%d.step", samples.position(), samples.count(), step));
  }

  void deleteStep(SampleRange samples, int step) throws IOException {
    Files.deleteIfExists(stepFile(samples, step));
  }

  public void delete() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    // The run's record goes last: a journal without it is no journal, one with it is still whole.
    for (Path file : records()) {
      FileTree.delete(file);
    }
    FileTree.delete(folder);
  }
}
