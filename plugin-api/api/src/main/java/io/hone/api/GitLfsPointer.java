package io.hone.api;

import io.hone.api.stability.Stability;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Recognises the short text that Git has in the place of a large file that it did not download.
 *
 * @see <a href="https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md">Git LFS
 *     specification</a>
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class GitLfsPointer {
  private static final byte[] START =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  private GitLfsPointer() {}

  /** Returns whether content that begins with these bytes is a pointer. */
  public static boolean isPointer(byte[] content) {
    return content.length >= START.length
        && Arrays.equals(content, 0, START.length, START, 0, START.length);
  }

  /** Returns whether a file is a pointer; a file that cannot be read is none. */
  public static boolean isPointer(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return isPointer(in.readNBytes(START.length));
    } catch (IOException unreadable) {
      return false;
    }
  }

  /**
   * Checks that a file is not a pointer.
   *
   * @throws BadInputException with the next step if it is a pointer
   */
  public static void refuse(Path file) {
    if (isPointer(file)) {
      throw error(file);
    }
  }

  /** Returns the error for a file that is a pointer. */
  public static BadInputException error(Path file) {
    return new BadInputException(
        file
            + " is a Git LFS pointer, a text that names a large file which was not downloaded; run"
            + " `git lfs pull` in its repository, or copy the file itself there");
  }
}
