package io.hone.engine.journal;

import io.hone.engine.record.ContentSums;
import io.hone.engine.record.RecordInput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What decides with which files a run ends: its scenario, its samples, its data and its model.
 *
 * @param sha256 equal for runs that end with the same files
 * @param parts check sums by the name that users know the part by; empty where they are not known
 */
public record RunIdentity(String sha256, ContentSums parts) {
  /**
   * Returns the identity of a run.
   *
   * @param effective the scenario as plain values
   * @param samples how many are run
   * @param data fingerprint of the data set
   * @param model SHA-256 of the model file
   * @param others what else the results depend on, such as the content of other models
   */
  public static RunIdentity of(
      Map<String, Object> effective, long samples, String data, String model, List<String> others) {
    Map<String, Object> scenario = new TreeMap<>(effective);
    scenario.remove("run");
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("scenario", scenario);
    whole.put("samples", samples);
    whole.put("data", data);
    whole.put("model", model);
    if (!others.isEmpty()) {
      whole.put("others", others);
    }
    Map<String, Object> named = new LinkedHashMap<>(scenario);
    named.put("number of samples (take or --limit)", samples);
    named.put("content of the data set", data);
    named.put("content of the model file", model);
    if (!others.isEmpty()) {
      named.put("content of the other models, of files of bounds and of the profile", others);
    }
    return new RunIdentity(ContentSums.sum(whole), ContentSums.of(named));
  }

  /** Returns the names of the parts in which another run differs; none if its parts are unknown. */
  List<String> differences(ContentSums others) {
    return others.equals(ContentSums.NONE) ? List.of() : parts.differences(others);
  }

  /** Reads the parts of another run; earlier versions wrote none. */
  static ContentSums readParts(RecordInput input) throws IOException {
    return input.remaining() == 0 ? ContentSums.NONE : ContentSums.read(input);
  }
}
