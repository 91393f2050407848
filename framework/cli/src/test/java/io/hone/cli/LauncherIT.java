package io.hone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.cli.HoneProcess.Result;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the JVM that it starts are two processes, and are seen as one. */
class LauncherIT {
  private static final String QUICKSTART =
      HoneProcess.checkout().resolve("scenarios/quickstart.yaml").toString();

  @TempDir Path folder;

  private HoneProcess hone;

  @BeforeEach
  void setUp() {
    hone = HoneProcess.in(folder);
  }

  @Test
  void theJvmEndsWithALauncherThatIsKilled() throws Exception {
    HoneProcess.Running running = hone.start("run", QUICKSTART);
    ProcessHandle jvm = running.jvm();
    running.process().destroyForcibly().waitFor();

    assertThat(jvm.onExit().orTimeout(60, TimeUnit.SECONDS).join().isAlive()).isFalse();
  }

  @Test
  void aKilledJvmEndsTheLauncherAsShellsTellIt() throws Exception {
    HoneProcess.Running running = hone.start("run", QUICKSTART);
    running.jvm().destroyForcibly();
    Result result = running.await();

    assertThat(result.exitCode()).isEqualTo(128 + 9);
    assertThat(result.err()).contains("killed");
  }

  @Test
  void aSignalThatNobodyCatchesEndsBoth() throws Exception {
    HoneProcess.Running running = hone.start("run", QUICKSTART);
    ProcessHandle jvm = running.jvm();
    while (jvm.isAlive() && !Files.exists(folder.resolve("runs/quickstart/.hone-journal"))) {
      Thread.sleep(20);
    }
    running.signal("HUP");

    assertThat(running.await().exitCode()).isEqualTo(128 + 1);
    assertThat(jvm.isAlive()).isFalse();
  }

  @Test
  void standardInputReachesHone() throws Exception {
    Result result =
        hone.start(
                List.of(
                    "bash",
                    "-c",
                    "exec \"$0\" validate /dev/stdin < \"$1\"",
                    HoneProcess.launcher().toString(),
                    QUICKSTART))
            .await();

    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  @Test
  void namesOutsideAsciiWorkInALocaleWithoutThem() throws Exception {
    Files.copy(Path.of(QUICKSTART), folder.resolve("scenario.yaml"));
    Result result =
        hone.start(
                List.of(
                    "bash",
                    "-c",
                    "file=$(printf 'gr\\303\\266\\303\\237e.yaml'); cp scenario.yaml \"$file\";"
                        + " LC_ALL=C exec \"$0\" validate \"$file\"",
                    HoneProcess.launcher().toString()))
            .await();

    assertThat(result.exitCode()).as(result.err()).isZero();
  }
}
