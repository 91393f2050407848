package io.hone.plugins.datasets.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.data.Sha256;
import io.hone.api.run.RunCancelledException;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DownloadTest {
  private static final String NAME = "digits.gz";
  private static final byte[] CONTENT = content();
  private static final byte[] FILE = Archives.gzip(CONTENT);
  private static final RemoteFile WANTED =
      new RemoteFile(
          NAME, RemoteFile.Form.UNCOMPRESSED, CONTENT.length, new Sha256().add(CONTENT).hex());
  private static final String NEXT = "put the file into the folder";
  private static final String TAG = "\"version-1\"";
  private static final int HALF = FILE.length / 2;
  private static final String PATH = "/data/" + NAME;
  private static final String REST = PATH + " bytes=" + HALF + "-";

  @TempDir Path folder;
  private final TestRun run = new TestRun(7);

  private Path fetch(String... mirrors) {
    return fetch(Duration.ofSeconds(20), mirrors);
  }

  private Path fetch(Duration silence, String... mirrors) {
    return fetch(patience(silence), mirrors);
  }

  private static Patience patience(Duration silence) {
    return new Patience(silence, Duration.ofSeconds(20), 1);
  }

  private Path fetch(Patience patience, String... mirrors) {
    Mirrors addresses = Mirrors.of("digits", List.of(mirrors));
    return new Download(folder, addresses, patience, run).fetch(WANTED, NEXT);
  }

  private void assertFetched(Path file) throws IOException {
    assertThat(file).isEqualTo(folder.resolve(NAME)).hasBinaryContent(FILE);
    try (var files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder(file.getFileName().toString(), ".download.lock");
    }
  }

  private void assertNothingStored() {
    assertThat(folder.resolve(NAME)).doesNotExist();
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
    byte[] other = Archives.gzip(CONTENT, Deflater.NO_COMPRESSION);
    assertThat(other).isNotEqualTo(FILE);
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(other, TAG))) {
      assertThat(fetch(mirror.address())).hasBinaryContent(other);
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
      Files.write(folder.resolve(NAME + ".part"), kept);
      assertFetched(fetch(mirror.address()));
      assertThat(mirror.requests()).containsExactly(PATH, REST, REST, PATH);
    }
  }

  @Test
  void neverTakesAnotherContent() throws IOException {
    byte[] page = "<html>Sign in to this network</html>".getBytes();
    byte[] otherImages = Archives.gzip(new byte[] {1, 2, 3});
    try (UnreliableMirror portal = new UnreliableMirror(UnreliableMirror.whole(page, TAG));
        UnreliableMirror liar = new UnreliableMirror(UnreliableMirror.whole(otherImages, TAG));
        UnreliableMirror flood =
            new UnreliableMirror(UnreliableMirror.whole(new byte[1 << 20], TAG))) {
      assertThatThrownBy(() -> fetch(portal.address(), liar.address(), flood.address()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining(portal.address() + NAME + ": ")
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
          .hasMessageContaining(missing.address() + NAME + ": it answered with status 404")
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
  void leavesAServerThatIsTooSlowForTheNextOne() throws IOException {
    Patience hasty = new Patience(Duration.ofSeconds(20), Duration.ofMillis(300), HALF);
    try (UnreliableMirror slow = new UnreliableMirror();
        UnreliableMirror good = new UnreliableMirror(UnreliableMirror.whole(FILE, TAG))) {
      slow.then(slow.dripping(FILE, TAG));
      assertFetched(fetch(hasty, slow.address(), good.address()));
      assertThat(slow.requests()).containsExactly(PATH);
    }
  }

  @Test
  void keepsWhatASlowServerSent() throws IOException {
    Patience hasty = new Patience(Duration.ofSeconds(20), Duration.ofMillis(300), HALF);
    try (UnreliableMirror slow = new UnreliableMirror()) {
      slow.then(slow.dripping(FILE, TAG));
      slow.then(UnreliableMirror.resuming(FILE, TAG));
      assertThatThrownBy(() -> fetch(hasty, slow.address()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("it is too slow", HALF + " are needed", NEXT);
      long kept = Files.size(folder.resolve(NAME + ".part"));
      assertThat(kept).isPositive();
      assertFetched(fetch(slow.address()));
      assertThat(slow.requests()).containsExactly(PATH, PATH + " bytes=" + kept + "-");
    }
  }

  @Test
  void endsAtOnceWhenTheUserCancels() {
    try (UnreliableMirror mirror = new UnreliableMirror()) {
      mirror.then(mirror.silentAfter(FILE, TAG, HALF));
      CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS).execute(run::cancel);
      assertThatThrownBy(() -> fetch(mirror.address())).isInstanceOf(RunCancelledException.class);
      assertNothingStored();
      assertThat(folder.resolve(NAME + ".part")).hasSize(HALF);
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
    Download download =
        new Download(file.resolve("mnist"), new Mirrors(List.of()), Patience.USUAL, run);
    assertThatThrownBy(() -> download.fetch(WANTED, NEXT))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageEndingWith(NEXT);
  }

  private static byte[] content() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] content = new byte[10_000];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) random.nextInt(10);
    }
    return content;
  }

  @Test
  void unpacksADownloadedArchiveOnceAndDeletesIt() throws IOException {
    RemoteFile archive =
        new RemoteFile(NAME, RemoteFile.Form.AS_SENT, FILE.length, new Sha256().add(FILE).hex());
    Path product = folder.resolve("product");
    try (UnreliableMirror mirror = new UnreliableMirror(UnreliableMirror.whole(FILE, TAG))) {
      Download download =
          new Download(
              folder, Mirrors.of("digits", List.of(mirror.address())), Patience.USUAL, run);
      for (int time = 0; time < 2; time++) {
        download.fetchUnpacked(archive, product, path -> Files.copy(path, product), NEXT);
        assertThat(product).hasBinaryContent(FILE);
        assertNothingStored();
      }
      assertThat(mirror.requests()).containsExactly(PATH);
      Files.move(product, folder.resolve(NAME));
      download.fetchUnpacked(archive, product, path -> Files.copy(path, product), NEXT);
      assertThat(folder.resolve(NAME)).as("an archive that was there").exists();
      assertThat(mirror.requests()).hasSize(1);
    }
  }
}
