package io.hone.engine.record;

import io.hone.api.data.Sha256;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/**
 * Check sums of everything that something depends on, by the names that users know it by: enough to
 * tell what differs.
 */
public record ContentSums(Map<String, String> sums) {
  /** No check sum is known. */
  public static final ContentSums NONE = new ContentSums(Map.of());

  /** A name and a check sum in a record take more bytes than this. */
  private static final int LEAST_BYTES = 4;

  /** Returns the check sums of values, each written as JSON. */
  public static ContentSums of(Map<String, Object> values) {
    Map<String, String> sums = new LinkedHashMap<>();
    values.forEach((name, value) -> sums.put(name, sum(value)));
    return new ContentSums(sums);
  }

  /** Returns the check sum of one value, written as JSON. */
  public static String sum(Object value) {
    return Sha256.of(JsonMapper.shared().writeValueAsString(value));
  }

  /** Returns the names whose check sums differ, or that one of both lacks. */
  public List<String> differences(ContentSums others) {
    Set<String> names = new LinkedHashSet<>(others.sums.keySet());
    names.addAll(sums.keySet());
    return names.stream()
        .filter(name -> !Objects.equals(sums.get(name), others.sums.get(name)))
        .toList();
  }

  /** Writes the names and the check sums. */
  public void write(DataOutput output) throws IOException {
    output.writeInt(sums.size());
    for (Map.Entry<String, String> sum : sums.entrySet()) {
      output.writeUTF(sum.getKey());
      output.writeUTF(sum.getValue());
    }
  }

  /** Reads what {@link #write} wrote. */
  public static ContentSums read(RecordInput input) throws IOException {
    Map<String, String> sums = new LinkedHashMap<>();
    int count = input.readCount(LEAST_BYTES);
    for (int index = 0; index < count; index++) {
      sums.put(input.readUTF(), input.readUTF());
    }
    return new ContentSums(sums);
  }
}
