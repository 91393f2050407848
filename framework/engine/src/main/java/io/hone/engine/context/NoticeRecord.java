package io.hone.engine.context;

import io.hone.api.run.TrustFlag;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What components told while they worked on samples. It is kept with the records of the journal,
 * since a run that is resumed does not work on those samples again.
 */
public record NoticeRecord(List<String> notices, List<TrustFlag> flags) {
  public NoticeRecord {
    notices = List.copyOf(notices);
    flags = List.copyOf(flags);
  }

  public void write(DataOutput output) throws IOException {
    output.writeInt(notices.size());
    for (String notice : notices) {
      output.writeUTF(notice);
    }
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
    List<TrustFlag> flags = new ArrayList<>();
    int flagCount = input.readInt();
    for (int index = 0; index < flagCount; index++) {
      flags.add(new TrustFlag(input.readUTF(), input.readUTF()));
    }
    return new NoticeRecord(notices, flags);
  }
}
