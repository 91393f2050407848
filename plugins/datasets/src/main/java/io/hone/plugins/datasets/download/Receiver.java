package io.hone.plugins.datasets.download;

import io.hone.plugins.datasets.download.TransferFailedException.Next;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what the HTTP client's threads receive into a partial file, while another one watches. */
final class Receiver implements AutoCloseable {
  private static final Pattern RANGE = Pattern.compile("bytes (\\d{1,18})-.*");

  private final PartialFile part;
  private final URI source;
  private final long start;
  private final long largest;
  private OutputStream out;
  private IOException writing;
  private TransferFailedException refusal;
  private boolean closed;
  private long received;
  private long expected = -1;

  /**
   * Creates a receiver.
   *
   * @param start the number of bytes that the file has
   * @param largest the number of bytes it may grow to
   */
  Receiver(PartialFile part, URI source, long start, long largest) {
    this.part = part;
    this.source = source;
    this.start = start;
    this.largest = largest;
  }

  /** Decides by the head of an answer what becomes of its body. */
  synchronized HttpResponse.BodySubscriber<Void> receive(HttpResponse.ResponseInfo head) {
    boolean whole = head.statusCode() == HttpURLConnection.HTTP_OK;
    if (closed || !whole && head.statusCode() != HttpURLConnection.HTTP_PARTIAL) {
      return HttpResponse.BodySubscribers.discarding();
    }
    try {
      if (whole) {
        part.startAnew(source, validator(head));
      } else if (start == 0 || rangeStart(head) != start) {
        part.discard();
        refusal =
            new TransferFailedException(
                "it sent another part than was asked for",
                start > 0 ? Next.SAME_MIRROR : Next.SAME_MIRROR_IF_IT_SENT);
        return HttpResponse.BodySubscribers.discarding();
      }
      received = whole ? 0 : start;
      expected = head.headers().firstValueAsLong("Content-Length").orElse(-1);
      out =
          Files.newOutputStream(part.path(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      writing = e;
      return HttpResponse.BodySubscribers.discarding();
    }
    return HttpResponse.BodySubscribers.ofByteArrayConsumer(chunk -> chunk.ifPresent(this::write));
  }

  private synchronized void write(byte[] chunk) {
    if (closed || writing != null || refusal != null) {
      return;
    }
    if (received + chunk.length > largest) {
      refusal =
          new TransferFailedException(
              "it sent more than the file can hold", Next.SAME_MIRROR_IF_IT_SENT);
      return;
    }
    try {
      out.write(chunk);
      received += chunk.length;
    } catch (IOException e) {
      writing = e;
    }
  }

  private static Optional<String> validator(HttpResponse.ResponseInfo head) {
    // A weak ETag names versions that may differ in their bytes.
    return head.headers()
        .firstValue("ETag")
        .filter(tag -> !tag.startsWith("W/"))
        .or(() -> head.headers().firstValue("Last-Modified"));
  }

  private static long rangeStart(HttpResponse.ResponseInfo head) {
    Matcher range = RANGE.matcher(head.headers().firstValue("Content-Range").orElse(""));
    return range.matches() ? Long.parseLong(range.group(1)) : -1;
  }

  /** Returns the size of the file so far; {@code start} before any answer. */
  synchronized long received() {
    return out == null ? start : received;
  }

  /** Returns how many bytes the answer announced, -1 if it did not tell or there is none yet. */
  synchronized long expected() {
    return expected;
  }

  /** Throws where bytes cannot be stored or are refused. */
  synchronized void check() throws IOException, TransferFailedException {
    if (writing != null) {
      throw writing;
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Ends writing, whatever still arrives. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (out != null) {
      out.close();
    }
  }
}
