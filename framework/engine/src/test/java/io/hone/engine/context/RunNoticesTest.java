package io.hone.engine.context;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.run.TrustFlag;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What one process was told at work, the process that resumes its run knows too. */
class RunNoticesTest {
  private static final TrustFlag RANDOM = new TrustFlag(TrustFlag.NOT_REPEATABLE, "It draws.");
  private static final TrustFlag GUESSED = new TrustFlag(TrustFlag.ASSUMED_INPUT, "Nobody knows.");

  private static RunNotices notices() {
    RunNotices notices = new RunNotices();
    notices.uses("clean[card=a]", "model a");
    notices.uses("clean[card=b]", "model b");
    return notices;
  }

  private static NoticeRecord writtenAndRead(NoticeRecord record) throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    record.write(new DataOutputStream(written));
    return NoticeRecord.read(new DataInputStream(new ByteArrayInputStream(written.toByteArray())));
  }

  @Test
  void keepsFlagsOfTheRunAndOfItsParts() throws IOException {
    RunNotices first = notices();
    first.working(true);
    first.add("looked at");
    first.add(GUESSED);
    first.add("model b", RANDOM);

    RunNotices second = notices();
    second.add(writtenAndRead(first.atWork()));

    assertThat(second.notices()).containsExactly("looked at");
    assertThat(second.flags()).containsExactly(GUESSED);
    assertThat(second.flags("clean[card=b]")).containsExactly(RANDOM);
    assertThat(second.flags("clean[card=a]")).isEmpty();
    assertThat(writtenAndRead(second.atWork())).isEqualTo(first.atWork());
  }
}
