package io.hone.engine.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.BadInputException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineFaultTest {
  @TempDir Path folder;

  @Test
  void whatIsShortIsNamedHoweverDeepItsErrorIs() {
    assertThat(
            FailureMessage.of(new IllegalStateException(new OutOfMemoryError("Java heap space"))))
        .contains("not enough memory", "Java heap space", "HONE_JAVA_OPTIONS=-Xmx");
    assertThat(FailureMessage.of(new OutOfMemoryError("unable to create native thread: possibly")))
        .contains("--threads", "ulimit -u")
        .doesNotContain("-Xmx");
    assertThat(FailureMessage.of(new FileSystemException("x.npy", null, "Too many open files")))
        .contains("x.npy", "ulimit -n 1024");
    assertThat(FailureMessage.of(new IOException("No space left on device"))).contains("--out");
    assertThat(FailureMessage.of(new IOException("File too large"))).contains("ulimit -f");
  }

  @Test
  void theLimitOfFileSizesIsReadWhereThereIsOne() throws IOException {
    Path limits = folder.resolve("limits");
    String line = "Max file size             %s                20480                bytes     ";
    Files.write(limits, List.of("Limit  Soft Limit  Hard Limit  Units", line.formatted("20480")));
    assertThat(MachineFault.largestFile(limits)).hasValue(20480);
    Files.write(limits, List.of(line.formatted("unlimited")));
    assertThat(MachineFault.largestFile(limits)).isEmpty();
    assertThat(MachineFault.largestFile(folder.resolve("none"))).isEmpty();
  }

  @Test
  void aNativeLibraryThatDoesNotLoadTellsOfItsFolder() {
    String message = FailureMessage.of(new UnsatisfiedLinkError("no onnxruntime in library.path"));

    assertThat(message).contains("native library", "-Djava.io.tmpdir=FOLDER");
    assertThat(MachineFault.fault(folder)).isEmpty();
    assertThat(MachineFault.fault(folder.resolve("none")).orElseThrow()).contains("does not exist");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void otherFailuresAreToldAsTheyAre() {
    assertThat(FailureMessage.of(new BadInputException("the place: the problem")))
        .isEqualTo("the place: the problem");
    assertThat(FailureMessage.of(new NoClassDefFoundError("org/example/Missing")))
        .contains("org/example/Missing", "HONE_LOG=debug")
        .doesNotContain("native library");
  }
}
