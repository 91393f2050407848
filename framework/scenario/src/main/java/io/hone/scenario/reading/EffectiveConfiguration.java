package io.hone.scenario.reading;

import io.hone.scenario.Reception;
import io.hone.scenario.Selection;
import io.hone.scenario.document.DatasetSyntax;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Completes a document's plain form with what only the whole of it tells. */
final class EffectiveConfiguration {
  private final Map<String, Object> plain;

  EffectiveConfiguration(@Nullable Object plain) {
    this.plain = copy(plain);
  }

  /** Fills in what each step receives. */
  EffectiveConfiguration withReceived(List<StepOutline> steps) {
    if (plain.get("steps") instanceof List<?> written) {
      List<Object> filled = new ArrayList<>();
      for (int index = 0; index < written.size(); index++) {
        Map<String, Object> step = copy(written.get(index));
        StepOutline outline = steps.get(index);
        if (outline.grammar().reception().key().equals(Reception.OF)) {
          step.put(Reception.OF, outline.listed() ? outline.of() : outline.of().get(0));
        }
        filled.add(step);
      }
      plain.put("steps", filled);
    }
    return this;
  }

  /** Writes each selection in one way, so that runs of the same images have one identity. */
  EffectiveConfiguration withSelection(Selection selection) {
    Map<String, Object> dataset = copy(plain.get("dataset"));
    dataset.keySet().removeAll(List.of(DatasetSyntax.TAKE, DatasetSyntax.SELECT));
    dataset.putAll(DatasetSyntax.written(selection));
    plain.put("dataset", dataset);
    return this;
  }

  EffectiveConfiguration withThreads(int threads) {
    Map<String, Object> run = copy(plain.get("run"));
    run.put("threads", threads);
    plain.put("run", run);
    return this;
  }

  /** Returns another part completed. */
  EffectiveConfiguration with(String key, EffectiveConfiguration part) {
    plain.put(key, part.asMap());
    return this;
  }

  /** Leaves out a part that says nothing of one point of it. */
  EffectiveConfiguration without(String key) {
    plain.remove(key);
    return this;
  }

  EffectiveConfiguration part(String key) {
    return new EffectiveConfiguration(plain.get(key));
  }

  Map<String, Object> asMap() {
    return Collections.unmodifiableMap(plain);
  }

  private static Map<String, Object> copy(@Nullable Object mapping) {
    Map<String, Object> copy = new LinkedHashMap<>();
    if (mapping instanceof Map<?, ?> entries) {
      entries.forEach((key, value) -> copy.put((String) key, value));
    }
    return copy;
  }
}
