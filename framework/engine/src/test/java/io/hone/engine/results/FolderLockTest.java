package io.hone.engine.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.engine.results.ResultFolder.Existing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  private static final String INSTEAD = "choose another --out";

  @TempDir Path temporary;

  /** Owns a folder until it is killed, in a process of its own. */
  static final class Owner {
    public static void main(String[] arguments) throws Exception {
      FolderLock.acquire(Path.of(arguments[0]), INSTEAD, System.err::println);
      System.out.println("owned");
      Thread.sleep(60_000);
    }
  }

  private static Process owner(Path folder, ProcessBuilder.Redirect errors) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Owner.class.getName(),
            folder.toString())
        .redirectError(errors)
        .start();
  }

  private static void awaitOwned(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("owned");
  }

  @Test
  void anotherProcessIsNamedAndLeavesNothingInTheWayWhenItIsKilled() throws Exception {
    Path folder = temporary.resolve("runs/out");
    Files.createDirectories(folder);
    Process process = owner(folder, ProcessBuilder.Redirect.INHERIT);
    try {
      awaitOwned(process);
      assertThatThrownBy(() -> FolderLock.acquire(folder, INSTEAD, notice -> {}))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("process " + process.pid())
          .hasMessageContaining(INSTEAD);
      Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
      assertThatThrownBy(() -> new ResultFolder(link).requireNoOwner())
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(link + " is in use by process " + process.pid());
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(folder.resolve(FolderLock.FILE)).exists();
    assertThatCode(() -> new ResultFolder(folder).check(Existing.REFUSE))
        .as("a lock file that was left behind is no result")
        .doesNotThrowAnyException();
    assertThatCode(() -> new ResultFolder(folder).requireNoOwner()).doesNotThrowAnyException();

    FolderLock next = FolderLock.acquire(folder, INSTEAD, notice -> {});
    assertThat(folder.resolve(FolderLock.FILE)).hasContent("" + ProcessHandle.current().pid());
    next.close();
    assertThat(folder).as("it was there before").isEmptyDirectory();
  }

  /**
   * A second run in this process must not even open the file: closing it would give up the lock.
   */
  @Test
  void aSecondRunInOneProcessIsRefusedAndTakesTheLockFromNobody() throws Exception {
    Path folder = temporary.resolve("out");
    FolderLock first = FolderLock.acquire(folder, INSTEAD, notice -> {});
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    for (Path path : List.of(folder, link)) {
      assertThatThrownBy(() -> FolderLock.acquire(path, INSTEAD, notice -> {}))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("another run in this process");
      assertThatThrownBy(() -> FolderLock.requireNoOwner(path, INSTEAD))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("another run in this process");
    }
    Process process = owner(folder, ProcessBuilder.Redirect.PIPE);
    assertThat(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("process " + ProcessHandle.current().pid());
    assertThat(process.waitFor()).isNotZero();

    first.close();
    assertThat(folder).as("it was made for the lock").doesNotExist();
  }

  @Test
  void aFolderThatIsGivenUpCanBeOwnedAgain() throws IOException {
    Path folder = temporary.resolve("a/b");
    for (int round = 0; round < 3; round++) {
      FolderLock lock = FolderLock.acquire(folder, INSTEAD, notice -> {});
      Files.writeString(folder.resolve("summary.json"), "{}");
      lock.close();
      assertThat(folder).isDirectoryContaining("glob:**/summary.json");
      assertThat(folder.resolve(FolderLock.FILE)).doesNotExist();
    }
  }

  @Test
  void onlyAFolderWhoseOwnerEndedIsAbandoned() throws IOException {
    Path folder = Files.createDirectories(temporary.resolve("out"));
    Files.writeString(folder.resolve(FolderLock.FILE), "1");

    FolderLock left = FolderLock.ofAbandoned(folder).orElseThrow();
    assertThat(FolderLock.ofAbandoned(folder)).as("it has an owner now").isEmpty();
    left.close();
    assertThat(
            FolderLock.ofAbandoned(
                folder,
                channel -> {
                  throw new IOException("No locks available");
                }))
        .as("nothing tells")
        .isEmpty();
  }

  @Test
  void whereTheFileSystemHasNoLocksTheUserIsToldAndTheWorkGoesOn() throws IOException {
    List<String> notices = new ArrayList<>();
    FolderLock lock =
        FolderLock.acquire(
            temporary.resolve("out"),
            INSTEAD,
            notices::add,
            channel -> {
              throw new IOException("No locks available");
            });
    lock.close();

    assertThat(notices).singleElement().asString().contains("has no locks", "No locks available");
  }
}
