package io.hone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Memory outside the heap stays bounded although the heap alone never asks for a collection. */
class DirectMemoryTest {
  private static final int BUFFER = 16 << 20;
  private static final int BUFFERS = 60;
  private static final long BOUND = 480L << 20;

  @Test
  void unusedTensorsAreFreedBeforeTheyTakeMuch() {
    DirectMemory memory = new DirectMemory();
    long before = used();
    long most = 0;
    for (int count = 0; count < BUFFERS; count++) {
      assertThat(ByteBuffer.allocateDirect(BUFFER).capacity()).isEqualTo(BUFFER);
      most = Math.max(most, used() - before);
      memory.bound();
    }

    assertThat(most).as("of %d bytes in all", (long) BUFFERS * BUFFER).isLessThan(BOUND);
  }

  private static long used() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
