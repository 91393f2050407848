package io.hone.engine.failure;

import io.hone.host.plugin.ThrowableText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Recognises failures whose cause is the machine, its limits or its settings, and says what to do.
 * The JVM and native libraries report them as errors whose texts tell a user little.
 */
public final class MachineFault {
  /** What a native library needs to be unpacked, generously. */
  private static final long LIBRARY_BYTES = 200L << 20;

  /** Who brings native libraries in jars. */
  private static final List<String> UNPACKING =
      List.of("ai.onnxruntime.", "org.bytedeco.", "org.nd4j.", "org.jline.");

  private static final String RAISE_FILE_SIZE =
      "raise the limit there, as with `ulimit -f unlimited`";

  /** The limits of this process on Linux, and the line that tells the size of files. */
  private static final Path LIMITS = Path.of("/proc/self/limits");

  private static final Pattern FILE_SIZE = Pattern.compile("Max file size\\s+(\\d+)\\s.*");

  private MachineFault() {}

  /** Returns what is wrong with the machine and what to do about it, if that is the cause. */
  public static Optional<String> advice(Throwable failure) {
    return chain(failure).flatMap(cause -> adviceFor(cause).stream()).findFirst();
  }

  private static Stream<Throwable> chain(Throwable failure) {
    // Ten are plenty; a chain may be a circle.
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause).limit(10);
  }

  private static Optional<String> adviceFor(Throwable cause) {
    String message = ThrowableText.messageOf(cause);
    if (cause instanceof OutOfMemoryError) {
      return Optional.of(memory(message));
    }
    if (message.contains("Too many open files")) {
      return Optional.of(
          "too many files are open at once; raise the limit in the shell that starts Hone, as with"
              + " `ulimit -n 1024`");
    }
    if (cause instanceof LinkageError && isNative(cause)) {
      return Optional.of(nativeLibrary(cause));
    }
    if (cause instanceof IOException && message.contains("No space left on device")) {
      return Optional.of(
          "there is no space left on the disk; make room, or write the results elsewhere (--out)");
    }
    if (cause instanceof IOException && message.contains("File too large")) {
      return Optional.of(
          "a file would be larger than the shell that starts Hone allows; "
              + RAISE_FILE_SIZE
              + ", or save fewer images (--set save=none)");
    }
    return Optional.empty();
  }

  private static String memory(String message) {
    if (message.contains("native thread")) {
      return "the system starts no more threads for Hone; choose fewer with --threads, or raise the"
          + " limit of processes (`ulimit -u`)";
    }
    return "not enough memory: Hone may use "
        + Runtime.getRuntime().maxMemory() / (1 << 20)
        + " MB of heap and as much beside it ("
        + message
        + "); give it more, as with HONE_JAVA_OPTIONS=-Xmx"
        + larger()
        + "g, or choose a smaller run.batch (--batch) or fewer threads (--threads)";
  }

  private static long larger() {
    return 2 * (1 + Runtime.getRuntime().maxMemory() / (1L << 30));
  }

  private static boolean isNative(Throwable error) {
    return chain(error)
        .anyMatch(
            cause ->
                cause instanceof UnsatisfiedLinkError
                    || UNPACKING.stream().anyMatch(ThrowableText.messageOf(cause)::contains)
                    || Stream.of(cause.getStackTrace())
                        .limit(20)
                        .anyMatch(
                            frame ->
                                UNPACKING.stream().anyMatch(frame.getClassName()::startsWith)));
  }

  private static String nativeLibrary(Throwable error) {
    boolean training =
        chain(error)
            .flatMap(cause -> Stream.of(cause.getStackTrace()))
            .anyMatch(frame -> frame.getClassName().startsWith("org.bytedeco."));
    String option = training ? "org.bytedeco.javacpp.cachedir" : "java.io.tmpdir";
    Path folder =
        Path.of(
            training
                ? System.getProperty(option, System.getProperty("user.home") + "/.javacpp/cache")
                : System.getProperty(option));
    OptionalLong largest = largestFile(LIMITS);
    if (largest.isPresent() && largest.getAsLong() < LIBRARY_BYTES) {
      return "a native library cannot be unpacked: files may be no larger than "
          + largest.getAsLong() / (1 << 10)
          + " KB here; "
          + RAISE_FILE_SIZE;
    }
    return "a native library cannot be unpacked and loaded: "
        + fault(folder).orElseGet(() -> deepest(error))
        + "; name a folder on a disk with "
        + LIBRARY_BYTES / (1 << 20)
        + " MB free, from which programs may be run, as with HONE_JAVA_OPTIONS=-D"
        + option
        + "=FOLDER";
  }

  /** Returns the bytes that a file may have; empty where nothing limits them, or nothing tells. */
  static OptionalLong largestFile(Path limits) {
    try (Stream<String> lines = Files.lines(limits)) {
      return lines
          .map(FILE_SIZE::matcher)
          .filter(Matcher::matches)
          .mapToLong(line -> Long.parseLong(line.group(1)))
          .findFirst();
    } catch (IOException | UncheckedIOException untold) {
      return OptionalLong.empty();
    }
  }

  /** Returns what keeps native libraries from being unpacked into a folder and run there. */
  static Optional<String> fault(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Optional.of("the folder " + folder + " does not exist");
    }
    if (!Files.isWritable(folder)) {
      return Optional.of("the folder " + folder + " cannot be written to");
    }
    try {
      long free = Files.getFileStore(folder).getUsableSpace();
      if (free < LIBRARY_BYTES) {
        return Optional.of(
            "the folder " + folder + " is on a disk with " + free / (1 << 20) + " MB free");
      }
      return runsPrograms(folder)
          ? Optional.empty()
          : Optional.of("no programs may be run from the folder " + folder + " (noexec)");
    } catch (IOException e) {
      return Optional.of("the folder " + folder + " cannot be used (" + e.getMessage() + ")");
    }
  }

  private static boolean runsPrograms(Path folder) throws IOException {
    Path probe = Files.createTempFile(folder, "hone", ".probe");
    try {
      Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwx------"));
      return Files.isExecutable(probe);
    } catch (UnsupportedOperationException otherFileSystem) {
      return true;
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  private static String deepest(Throwable error) {
    return chain(error).reduce((first, second) -> second).map(ThrowableText::of).orElseThrow();
  }
}
