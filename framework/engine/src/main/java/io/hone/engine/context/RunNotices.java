package io.hone.engine.context;

import io.hone.api.run.TrustFlag;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the user was told of a run, each notice and each flag once, in the order in which it was
 * told. Where samples are worked on side by side, that order is chance: what is told then is
 * sorted.
 */
public final class RunNotices {
  private static final Comparator<TrustFlag> SORTED =
      Comparator.comparing(TrustFlag::code).thenComparing(TrustFlag::text);

  private final Set<String> notices = new LinkedHashSet<>();
  private final Set<TrustFlag> flags = new LinkedHashSet<>();
  private final Set<String> noticesAtWork = new TreeSet<>();
  private final Set<TrustFlag> flagsAtWork = new TreeSet<>(SORTED);
  private final Map<String, Set<TrustFlag>> flagsOfParts = new HashMap<>();
  private final Map<String, Set<String>> partsOfEntries = new HashMap<>();
  private boolean working;

  /** What is told from now on is told at work on samples, or no more. */
  public synchronized void working(boolean now) {
    working = now;
  }

  /** Takes in a notice; returns whether it is new. */
  public synchronized boolean add(String notice) {
    return !notices.contains(notice)
        && !noticesAtWork.contains(notice)
        && (working ? noticesAtWork : notices).add(notice);
  }

  /** Takes in a flag. */
  public synchronized void add(TrustFlag flag) {
    if (!flags.contains(flag)) {
      (working ? flagsAtWork : flags).add(flag);
    }
  }

  /** Takes in that an entry uses a part of the run that not all entries use. */
  synchronized void uses(String entry, String part) {
    partsOfEntries.computeIfAbsent(entry, key -> new LinkedHashSet<>()).add(part);
  }

  /** Takes in a flag that concerns the entries which use a part, and what receives their images. */
  synchronized void add(String part, TrustFlag flag) {
    flagsOfParts.computeIfAbsent(part, key -> new TreeSet<>(SORTED)).add(flag);
  }

  /** Returns the flags of the parts that an entry uses. */
  synchronized List<TrustFlag> flags(String entry) {
    return partsOfEntries.getOrDefault(entry, Set.of()).stream()
        .flatMap(part -> flagsOfParts.getOrDefault(part, Set.of()).stream())
        .distinct()
        .toList();
  }

  /** Takes in what an earlier process was told at work. */
  public synchronized void add(NoticeRecord told) {
    told.notices().stream().filter(notice -> !notices.contains(notice)).forEach(noticesAtWork::add);
    told.flags().stream().filter(flag -> !flags.contains(flag)).forEach(flagsAtWork::add);
    told.flagsOfParts().forEach((part, raised) -> raised.forEach(flag -> add(part, flag)));
  }

  /** Returns what was told at work so far. */
  public synchronized NoticeRecord atWork() {
    Map<String, List<TrustFlag>> ofParts = new HashMap<>();
    flagsOfParts.forEach((part, raised) -> ofParts.put(part, List.copyOf(raised)));
    return new NoticeRecord(List.copyOf(noticesAtWork), List.copyOf(flagsAtWork), ofParts);
  }

  synchronized List<String> notices() {
    List<String> all = new ArrayList<>(notices);
    all.addAll(noticesAtWork);
    return List.copyOf(all);
  }

  synchronized List<TrustFlag> flags() {
    List<TrustFlag> all = new ArrayList<>(flags);
    all.addAll(flagsAtWork);
    return List.copyOf(all);
  }
}
