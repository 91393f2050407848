package io.hone.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The memory of this process beside the Java heap.
 *
 * <p>The allocator of the C library keeps what is freed, so it is told to give that back before
 * each reading; the pages of the Java heap are recognised by their addresses.
 */
final class NativeMemory {
  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final String TRIM = "systemTrimNativeHeap";
  private static final Pattern MAPPING = Pattern.compile("([0-9a-f]+)-[0-9a-f]+ .*");
  private static final Pattern RESIDENT = Pattern.compile("Rss: +(\\d+) kB");
  private static final Pattern HEAP =
      Pattern.compile("\\[0x([0-9a-f]+), *(?:0x[0-9a-f]+, *)?0x([0-9a-f]+)\\)");

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private final ObjectName commands;

  NativeMemory() throws JMException {
    commands = new ObjectName("com.sun.management:type=DiagnosticCommand");
  }

  /** Addresses from the first up to the second. */
  private record Addresses(long from, long to) {
    boolean hold(long address) {
      return Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0;
    }
  }

  /** Returns whether this JVM and system can tell. */
  boolean isReadable() throws JMException {
    if (!Files.isReadable(MAPPINGS)) {
      return false;
    }
    for (MBeanOperationInfo operation : beans.getMBeanInfo(commands).getOperations()) {
      if (operation.getName().equals(TRIM)) {
        return !heap().isEmpty();
      }
    }
    return false;
  }

  /** Returns the bytes that are in memory once all that is free was given back. */
  long bytes() throws JMException, IOException {
    System.gc();
    call(TRIM);
    List<Addresses> heap = heap();
    long kilobytes = 0;
    boolean counts = true;
    for (String line : Files.readAllLines(MAPPINGS)) {
      Matcher mapping = MAPPING.matcher(line);
      Matcher resident = RESIDENT.matcher(line);
      if (mapping.matches()) {
        long address = Long.parseUnsignedLong(mapping.group(1), 16);
        counts = heap.stream().noneMatch(part -> part.hold(address));
      } else if (counts && resident.matches()) {
        kilobytes += Long.parseLong(resident.group(1));
      }
    }
    return kilobytes * 1024;
  }

  private List<Addresses> heap() throws JMException {
    List<Addresses> parts = new ArrayList<>();
    Matcher part = HEAP.matcher(call("gcHeapInfo"));
    while (part.find()) {
      parts.add(
          new Addresses(
              Long.parseUnsignedLong(part.group(1), 16),
              Long.parseUnsignedLong(part.group(2), 16)));
    }
    return parts;
  }

  private String call(String command) throws JMException {
    return String.valueOf(beans.invoke(commands, command, new Object[0], new String[0]));
  }
}
