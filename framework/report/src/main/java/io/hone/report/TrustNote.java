package io.hone.report;

import io.hone.engine.results.Distrust;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reason why figures cannot be trusted, with the entries that it concerns.
 *
 * @param code as scenarios accept it
 * @param text what was found or assumed
 * @param accepted whether the scenario accepts it
 * @param places the entries, each with its number of samples
 */
record TrustNote(String code, String text, boolean accepted, List<Place> places) {
  /**
   * An entry whose figures it concerns.
   *
   * @param entry the entry
   * @param samples how many
   */
  record Place(Entry entry, String samples) {}

  /** Returns the reasons of all entries, each once. */
  static List<TrustNote> of(List<Entry> entries) {
    Map<Distrust, List<Place>> places = new LinkedHashMap<>();
    for (Entry entry : entries) {
      for (Distrust flag : entry.summary().trust()) {
        places
            .computeIfAbsent(
                new Distrust(flag.code(), 0, flag.text(), flag.accepted()),
                key -> new ArrayList<>())
            .add(new Place(entry, Words.count(flag.samples(), "sample", "samples")));
      }
    }
    return places.entrySet().stream()
        .map(
            note ->
                new TrustNote(
                    note.getKey().code(),
                    note.getKey().text(),
                    note.getKey().accepted(),
                    List.copyOf(note.getValue())))
        .toList();
  }
}
