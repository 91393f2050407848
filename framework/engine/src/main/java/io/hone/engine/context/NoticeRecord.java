package io.hone.engine.context;

import io.hone.api.run.TrustFlag;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What components told while they worked on samples. It is kept with the records of the journal,
 * since a run that is resumed does not work on those samples again.
 *
 * @param flags that speak against every entry
 * @param flagsOfParts flags that speak against the entries which use a part, by the part's name
 */
public record NoticeRecord(
    List<String> notices, List<TrustFlag> flags, Map<String, List<TrustFlag>> flagsOfParts) {
  public NoticeRecord {
    notices = List.copyOf(notices);
    flags = List.copyOf(flags);
    flagsOfParts = Collections.unmodifiableMap(new TreeMap<>(flagsOfParts));
  }

  public void write(DataOutput output) throws IOException {
    output.writeInt(notices.size());
    for (String notice : notices) {
      output.writeUTF(notice);
    }
    write(flags, output);
    output.writeInt(flagsOfParts.size());
    for (Map.Entry<String, List<TrustFlag>> part : flagsOfParts.entrySet()) {
      output.writeUTF(part.getKey());
      write(part.getValue(), output);
    }
  }

  private static void write(List<TrustFlag> flags, DataOutput output) throws IOException {
    output.writeInt(flags.size());
    for (TrustFlag flag : flags) {
      output.writeUTF(flag.code());
      output.writeUTF(flag.text());
    }
  }

  public static NoticeRecord read(DataInput input) throws IOException {
    List<String> notices = new ArrayList<>();
    int noticeCount = input.readInt();
    for (int index = 0; index < noticeCount; index++) {
      notices.add(input.readUTF());
    }
    List<TrustFlag> flags = readFlags(input);
    Map<String, List<TrustFlag>> flagsOfParts = new TreeMap<>();
    int partCount = input.readInt();
    for (int index = 0; index < partCount; index++) {
      flagsOfParts.put(input.readUTF(), readFlags(input));
    }
    return new NoticeRecord(notices, flags, flagsOfParts);
  }

  private static List<TrustFlag> readFlags(DataInput input) throws IOException {
    List<TrustFlag> flags = new ArrayList<>();
    int count = input.readInt();
    for (int index = 0; index < count; index++) {
      flags.add(new TrustFlag(input.readUTF(), input.readUTF()));
    }
    return flags;
  }
}
