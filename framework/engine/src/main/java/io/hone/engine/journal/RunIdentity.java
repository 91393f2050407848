package io.hone.engine.journal;

import io.hone.api.data.Sha256;
import io.hone.engine.record.RecordInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * What decides with which files a run ends: its scenario, its samples, its data and its model.
 *
 * @param sha256 equal for runs that end with the same files
 * @param parts check sums by the name that users know the part by; empty where they are not known
 */
public record RunIdentity(String sha256, Map<String, String> parts) {
  /** A name and a check sum in a record take more bytes than this. */
  private static final int LEAST_BYTES = 4;

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
    Map<String, String> parts = new LinkedHashMap<>();
    named.forEach((name, value) -> parts.put(name, sum(value)));
    return new RunIdentity(sum(whole), parts);
  }

  private static String sum(Object value) {
    return Sha256.of(JsonMapper.shared().writeValueAsString(value));
  }

  /** Returns the names of the parts in which another run differs; none if its parts are unknown. */
  List<String> differences(Map<String, String> others) {
    if (others.isEmpty()) {
      return List.of();
    }
    Set<String> names = new LinkedHashSet<>(others.keySet());
    names.addAll(parts.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(parts.get(name), others.get(name)))
        .toList();
  }

  /** Writes the parts. */
  void write(DataOutput output) throws IOException {
    output.writeInt(parts.size());
    for (Map.Entry<String, String> part : parts.entrySet()) {
      output.writeUTF(part.getKey());
      output.writeUTF(part.getValue());
    }
  }

  /** Reads the parts of another run; earlier versions wrote none. */
  static Map<String, String> readParts(RecordInput input) throws IOException {
    Map<String, String> parts = new LinkedHashMap<>();
    int count = input.remaining() == 0 ? 0 : input.readCount(LEAST_BYTES);
    for (int part = 0; part < count; part++) {
      parts.put(input.readUTF(), input.readUTF());
    }
    return parts;
  }
}
