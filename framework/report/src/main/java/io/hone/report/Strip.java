package io.hone.report;

import io.hone.api.metric.StepKind.Trait;
import io.hone.engine.results.Gallery;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One sample through the chain, for the top of the page.
 *
 * @param sample which one it is, and what the attack wants
 * @param stages one per step, in the order of the chains
 * @param scale what full colour means in the differences
 * @param drawing tells the size of the pictures
 */
record Strip(String sample, List<Stage> stages, String scale, Drawing drawing) {
  private static final int LONGEST = 8;

  /**
   * What an entry made of the sample.
   *
   * @param entry which one
   * @param picture the image it emitted
   * @param difference what distinguishes that from the clean image; empty for the clean image
   */
  record Stage(Entry entry, Drawing.Picture picture, Optional<Drawing.Picture> difference) {}

  /**
   * Returns the sample that got farthest; empty where no sample got beyond its clean image.
   *
   * <p>Of the points of a matrix only the first is shown.
   */
  static Optional<Strip> of(List<Entry> entries, Drawing drawing) {
    return drawing.gallery().rows().stream()
        .max(Comparator.comparingInt(row -> row.pictures().size()))
        .map(row -> of(row, stages(entries, row), drawing))
        .filter(strip -> strip.stages().size() > 1);
  }

  private static Strip of(Gallery.Row row, List<Entry> entries, Drawing drawing) {
    int scale = drawing.scale(List.of(row), entries.stream().map(Entry::name).toList());
    List<Stage> stages =
        entries.stream()
            .map(
                entry ->
                    new Stage(
                        entry,
                        drawing.picture(row, entry.name()).orElseThrow(),
                        entry.isClean() ? Optional.empty() : drawing.map(row, entry.name(), scale)))
            .toList();
    String sample = "sample %d, class %s".formatted(row.sample(), drawing.goal(row));
    return new Strip(sample, stages, Drawing.words(scale), drawing);
  }

  private static List<Entry> stages(List<Entry> entries, Gallery.Row row) {
    Map<String, Entry> stages = new LinkedHashMap<>();
    for (Entry entry : entries) {
      boolean recoveredClean = entry.has(Trait.RECLASSIFIES) && entry.depth() == 1;
      // An evaluation emits the very image that it received.
      boolean repeats = entry.has(Trait.TRANSFERS);
      if (row.pictures().containsKey(entry.name()) && !recoveredClean && !repeats) {
        stages.putIfAbsent(entry.withoutVariant(), entry);
      }
    }
    return stages.values().stream().limit(LONGEST).toList();
  }
}
