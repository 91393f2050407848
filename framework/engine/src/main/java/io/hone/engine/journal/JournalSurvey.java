package io.hone.engine.journal;

import io.hone.engine.journal.Journal.Named;
import io.hone.engine.journal.RecordFile.Kind;
import io.hone.engine.record.DamagedRecordException;
import io.hone.engine.results.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Reads all of a journal before a run goes on from it: what is whole, what is damaged and computed
 * again, what is missing.
 */
public final class JournalSurvey {
  private final Journal journal;
  private final long size;
  private final Consumer<String> notices;
  private final List<SampleRange> finished = new ArrayList<>();
  private final List<Named> steps = new ArrayList<>();

  /**
   * Prepares a survey.
   *
   * @param size number of samples of the run
   * @param notices told what is computed again, and why
   */
  public JournalSurvey(Journal journal, long size, Consumer<String> notices) {
    this.journal = journal;
    this.size = size;
    this.notices = notices;
  }

  /**
   * Reads every record, and deletes those that are of no use.
   *
   * @throws IOException if the journal cannot be read or written at all
   */
  public void read() throws IOException {
    List<Named> units = new ArrayList<>();
    List<Named> allSteps = new ArrayList<>();
    for (Path file : journal.records()) {
      Optional<Named> named = Journal.named(file);
      if (named.isPresent()) {
        (named.get().kind() == Kind.UNIT ? units : allSteps).add(named.get());
      } else {
        if (!file.toString().endsWith(Journal.PART)) {
          notices.accept(file + " is no record of Hone; it is left out and deleted");
        }
        FileTree.delete(file);
      }
    }
    units.sort(Comparator.comparingLong(unit -> unit.samples().position()));
    for (Named unit : units) {
      if (isSound(unit)) {
        finished.add(unit.samples());
        journal.found(unit.samples());
      }
    }
    for (Named step : allSteps) {
      boolean needed = missing(List.of()).stream().anyMatch(gap -> overlap(gap, step.samples()));
      if (!needed) {
        FileTree.delete(step.file());
      } else if (isSound(step)) {
        steps.add(step);
      }
    }
  }

  private boolean isSound(Named record) throws IOException {
    SampleRange samples = record.samples();
    try {
      if (samples.count() < 1 || samples.end() > size) {
        throw new DamagedRecordException("is of samples that this run does not have");
      }
      if (record.kind() == Kind.STEP) {
        journal.checkStep(samples, record.step());
      } else if (!finished.isEmpty()
          && finished.get(finished.size() - 1).end() > samples.position()) {
        throw new DamagedRecordException("is of samples that another record has already");
      } else {
        journal.readUnit(samples);
      }
      return true;
    } catch (DamagedRecordException | RecordFile.OtherFormatException e) {
      notices.accept(
          "the record "
              + record.file().getFileName()
              + " of the samples at positions "
              + samples
              + " "
              + e.getMessage()
              + "; what only it holds is computed again");
      FileTree.delete(record.file());
      return false;
    }
  }

  /** Returns the records of finished steps of units that are not finished. */
  public List<Named> steps() {
    return List.copyOf(steps);
  }

  /** Returns the samples that no finished unit covers, cut where records of steps begin or end. */
  public List<SampleRange> missing() {
    return missing(steps);
  }

  private List<SampleRange> missing(List<Named> cutting) {
    TreeSet<Long> cuts = new TreeSet<>();
    for (Named step : cutting) {
      cuts.add(step.samples().position());
      cuts.add(step.samples().end());
    }
    List<SampleRange> missing = new ArrayList<>();
    long next = 0;
    for (SampleRange done : finished) {
      cut(next, done.position(), cuts, missing);
      next = done.end();
    }
    cut(next, size, cuts, missing);
    return missing;
  }

  private static void cut(long from, long to, TreeSet<Long> cuts, List<SampleRange> missing) {
    long start = from;
    for (long cut : from < to ? cuts.subSet(from, false, to, false) : new TreeSet<Long>()) {
      missing.add(new SampleRange(start, cut - start));
      start = cut;
    }
    if (start < to) {
      missing.add(new SampleRange(start, to - start));
    }
  }

  private static boolean overlap(SampleRange first, SampleRange second) {
    return first.position() < second.end() && second.position() < first.end();
  }
}
