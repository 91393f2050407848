package io.hone.plugins.datasets.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.component.BadInputException;
import io.hone.api.run.RunCancelledException;
import io.hone.testkit.TestRun;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
  private static final byte[] FILE = IdxFiles.bundled(MnistFile.TEST_LABELS);
  private static final Download.Content WANTED = MnistFile.TEST_LABELS.content();
  private static final String NEXT = "put the file into the folder";
  private static final String TAG = "\"version-1\"";
  private static final int HALF = FILE.length / 2;
  private static final String PATH = "/data/t10k-labels-idx1-ubyte.gz";
  private static final String REST = PATH + " bytes=" + HALF + "-";

  @TempDir Path folder;
  private final TestRun run = new TestRun(7);

  private Path fetch(String... mirrors) {
    return fetch(Duration.ofSeconds(20), mirrors);
  }

  private Path fetch(Duration patience, String... mirrors) {
    List<URI> addresses = Arrays.stream(mirrors).map(URI::create).toList();
    return new Download(folder, addresses, patience, run).fetch(WANTED, NEXT);
  }

  private void assertFetched(Path file) throws IOException {
    assertThat(file).isEqualTo(folder.resolve("t10k-labels-idx1-ubyte.gz")).hasBinaryContent(FILE);
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(file.getFileName().toString(), ".download.lock");
    }
  }

  private void assertNothingStored() {
    assertThat(folder.resolve("t10k-labels-idx1-ubyte.gz")).doesNotExist();
  }

  @Test
  void fetchesAFileOnce() throws IOException {
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(FILE, TAG))) {
      assertFetched(fetch(mirror.address()));
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH);
      assertThat(run.counted("downloaded.bytes")).isEqualTo(FILE.length);
    }
  }

  @Test
  void takesAnyCompressionOfTheSameContent() {
    byte[] other = IdxFiles.compressed(uncompressed());
    assertThat(other).isNotEqualTo(FILE);
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(other, TAG))) {
      assertThat(fetch(mirror.address())).hasBinaryContent(other);
    }
  }

  private static byte[] uncompressed() {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(FILE))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void triesMirrorsInOrder() throws IOException {
    try (UnreliableMirror failing = new UnreliableMirror(UnreliableMirror.status(500));
        UnreliableMirror good = new UnreliableMirror(UnreliableMirror.whole(FILE, null))) {
      assertFetched(fetch(failing.address(), good.address(), "http://127.0.0.1:1/"));
      assertThat(failing.requests()).containsExactly(PATH);
      assertThat(good.requests()).containsExactly(PATH);
    }
  }

  @Test
  void goesOnWhereAConnectionBroke() throws IOException {
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(FILE, TAG, HALF), UnreliableMirror.resuming(FILE, TAG))) {
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, REST);
    }
  }

  @Test
  void goesOnWhereAnEarlierProcessEnded() throws IOException {
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(FILE, TAG, HALF),
            UnreliableMirror.status(503),
            UnreliableMirror.resuming(FILE, TAG))) {
      assertThatThrownBy(() -> fetch(mirror.address())).hasMessageContaining("status 503");
      assertNothingStored();
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, REST, REST);
    }
  }

  @Test
  void startsOverWhereAServerIgnoresTheRange() throws IOException {
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(FILE, TAG, HALF), UnreliableMirror.whole(FILE, TAG))) {
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, REST);
    }
  }

  @Test
  void startsOverWhereTheFileChanged() throws IOException {
    byte[] older = FILE.clone();
    Arrays.fill(older, (byte) 1);
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(older, "\"version-0\"", HALF),
            UnreliableMirror.resuming(FILE, TAG))) {
      assertFetched(fetch(mirror.address()));
    }
  }

  @Test
  void startsOverWithoutAValidator() throws IOException {
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(FILE, null, HALF),
            UnreliableMirror.truncated(FILE, "W/\"weak\"", HALF + 1),
            UnreliableMirror.whole(FILE, null))) {
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, PATH, PATH);
    }
  }

  @Test
  void startsOverWhereTheRangeIsRefusedOrWrong() throws IOException {
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(FILE, TAG, HALF),
            UnreliableMirror.status(416),
            UnreliableMirror.truncated(FILE, TAG, HALF),
            UnreliableMirror.wrongPart(FILE, TAG))) {
      assertThatThrownBy(() -> fetch(mirror.address())).hasMessageContaining("another part");
      assertThat(mirror.requests()).containsExactly(PATH, REST, PATH, REST);
    }
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(FILE, TAG))) {
      assertFetched(fetch(mirror.address()));
    }
  }

  @Test
  void startsOverWhereWhatWasKeptIsDamaged() throws IOException {
    try (UnreliableMirror mirror =
        new UnreliableMirror(
            UnreliableMirror.truncated(FILE, TAG, HALF),
            UnreliableMirror.status(503),
            UnreliableMirror.resuming(FILE, TAG))) {
      assertThatThrownBy(() -> fetch(mirror.address())).isInstanceOf(BadInputException.class);
      byte[] kept = new byte[HALF];
      Files.write(folder.resolve("t10k-labels-idx1-ubyte.gz.part"), kept);
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, REST, REST, PATH);
    }
  }

  @Test
  void neverTakesAnotherContent() throws IOException {
    byte[] page = "<html>Sign in to this network</html>".getBytes();
    byte[] otherImages = IdxFiles.compressed(IdxFiles.labels(1, 2, 3));
    try (UnreliableMirror portal = new UnreliableMirror(UnreliableMirror.whole(page, TAG));
        UnreliableMirror liar = new UnreliableMirror(UnreliableMirror.whole(otherImages, TAG));
        UnreliableMirror flood =
            new UnreliableMirror(UnreliableMirror.whole(new byte[1 << 20], TAG))) {
      assertThatThrownBy(() -> fetch(portal.address(), liar.address(), flood.address()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(portal.address() + "t10k-labels-idx1-ubyte.gz: ")
          .hasMessageContaining("not a whole gzip file")
          .hasMessageContaining("its SHA-256 is wrong")
          .hasMessageContaining("more than the file can hold")
          .hasMessageEndingWith(NEXT);
      assertNothingStored();
    }
  }

  @Test
  void namesEveryMirrorThatFailed() {
    try (UnreliableMirror missing = new UnreliableMirror(UnreliableMirror.status(404));
        UnreliableMirror broken = new UnreliableMirror(UnreliableMirror.truncated(FILE, TAG, 0))) {
      assertThatThrownBy(
              () -> fetch(missing.address(), broken.address(), "http://127.0.0.1:1/data/"))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(
              missing.address() + "t10k-labels-idx1-ubyte.gz: it answered with" + " status 404")
          .hasMessageContaining("the connection broke")
          .hasMessageContaining("http://127.0.0.1:1" + PATH + ": it cannot be reached")
          .hasMessageEndingWith(NEXT);
    }
  }

  @Test
  void givesUpOnAServerThatFallsSilentAndKeepsWhatItSent() throws IOException {
    try (UnreliableMirror mirror = new UnreliableMirror()) {
      mirror.then(mirror.silentAfter(FILE, TAG, HALF));
      mirror.then(UnreliableMirror.resuming(FILE, TAG));
      assertFetched(fetch(Duration.ofMillis(500), mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, REST);
    }
  }

  @Test
  void endsAtOnceWhenTheUserCancels() {
    try (UnreliableMirror mirror = new UnreliableMirror()) {
      mirror.then(mirror.silentAfter(FILE, TAG, HALF));
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(run::cancel);
      assertThatThrownBy(() -> fetch(mirror.address())).isInstanceOf(RunCancelledException.class);
      assertNothingStored();
      assertThat(folder.resolve("t10k-labels-idx1-ubyte.gz.part")).hasSize(HALF);
    }
  }

  @Test
  void waitsForAnotherDownloadIntoTheSameFolder() throws Exception {
    // Threads of their own: the HTTP client completes its answers on the common pool.
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(FILE, TAG))) {
      Callable<Path> fetch = () -> fetch(mirror.address());
      for (Future<Path> one : threads.invokeAll(List.of(fetch, fetch))) {
        assertFetched(one.get());
      }
      assertThat(mirror.requests()).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void namesAFolderThatCannotBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Download download = new Download(file.resolve("mnist"), List.of(), Duration.ofSeconds(1), run);
    assertThatThrownBy(() -> download.fetch(WANTED, NEXT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageEndingWith(NEXT);
  }

  @Test
  void completesATestSetWhoseLabelsAreMissing() throws IOException {
    Files.write(
        folder.resolve("t10k-images-idx3-ubyte.gz"), IdxFiles.bundled(MnistFile.TEST_IMAGES));
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(FILE, TAG))) {
      Mnist.Params parameters =
          new Mnist.Params(Split.TEST, List.of(), Optional.of(folder), List.of(mirror.address()));
      try (var dataset = new Mnist().open(parameters, List.of(), run)) {
        assertThat(dataset.size()).isEqualTo(10_000);
      }
      assertThat(mirror.requests()).containsExactly(PATH);
    }
  }
}
