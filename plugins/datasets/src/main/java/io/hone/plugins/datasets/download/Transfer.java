package io.hone.plugins.datasets.download;

import io.hone.api.run.Progress;
import io.hone.api.run.Run;
import io.hone.api.run.RunCancelledException;
import io.hone.plugins.datasets.download.TransferFailedException.Next;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One HTTP request that adds to a partial file.
 *
 * <p>The client's threads write what arrives; the calling thread watches them, so that it can be
 * cancelled and gives up on a server that is silent or too slow (the client itself waits for ever).
 */
final class Transfer {
  private static final long POLL_MILLIS = 100;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final HttpClient client;
  private final URI source;
  private final PartialFile part;
  private final RemoteFile wanted;
  private final Patience patience;
  private final Run run;

  Transfer(
      HttpClient client,
      URI source,
      PartialFile part,
      RemoteFile wanted,
      Patience patience,
      Run run) {
    this.client = client;
    this.source = source;
    this.part = part;
    this.wanted = wanted;
    this.patience = patience;
    this.run = run;
  }

  /**
   * Asks for what the partial file lacks and adds it.
   *
   * @throws IOException if bytes cannot be stored
   */
  void execute() throws TransferFailedException, IOException {
    long start = part.size();
    HttpRequest.Builder request = HttpRequest.newBuilder(source).GET();
    Optional<String> validator = part.validator(source);
    if (start > 0 && validator.isPresent()) {
      request.header("Range", "bytes=" + start + "-").header("If-Range", validator.get());
    }
    int status;
    try (Receiver receiver = new Receiver(part, source, start, wanted.largest())) {
      CompletableFuture<HttpResponse<Void>> answer =
          client.sendAsync(request.build(), receiver::receive);
      try {
        status = await(answer, receiver).statusCode();
        run.count("downloaded.bytes", receiver.received() - start);
      } finally {
        answer.cancel(true);
      }
    }
    if (status == RANGE_NOT_SATISFIABLE) {
      part.discard();
      throw new TransferFailedException(
          "it no longer has the file that was begun",
          start > 0 ? Next.SAME_MIRROR : Next.SAME_MIRROR_IF_IT_SENT);
    }
    if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
      throw new TransferFailedException(
          "it answered with status " + status, Next.SAME_MIRROR_IF_IT_SENT);
    }
  }

  private HttpResponse<Void> await(CompletableFuture<HttpResponse<Void>> answer, Receiver receiver)
      throws TransferFailedException, IOException {
    long shown = receiver.received();
    long heard = System.nanoTime();
    long windowStart = heard;
    long windowBytes = shown;
    Progress progress = null;
    try {
      while (true) {
        HttpResponse<Void> response = poll(answer);
        receiver.check();
        if (response != null) {
          return response;
        }
        run.checkCancelled();
        long received = receiver.received();
        if (received != shown) {
          if (progress == null) {
            progress = run.progress("download " + wanted.name(), receiver.expected());
          }
          progress.advance(Math.max(0, received - shown));
          shown = received;
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > patience.silence().toNanos()) {
          throw new TransferFailedException(
              "it sent nothing for " + patience.silence().toMillis() + " ms",
              Next.SAME_MIRROR_IF_IT_SENT);
        }
        if (System.nanoTime() - windowStart > patience.window().toNanos()) {
          requireRate(received - windowBytes);
          windowStart = System.nanoTime();
          windowBytes = received;
        }
      }
    } catch (ExecutionException e) {
      receiver.check();
      throw new TransferFailedException(reason(e.getCause()), Next.SAME_MIRROR_IF_IT_SENT);
    } finally {
      if (progress != null) {
        progress.close();
      }
    }
  }

  /** A server that sends a byte now and then would hold a run for ever. */
  private void requireRate(long bytes) throws TransferFailedException {
    if (bytes < patience.leastBytes()) {
      throw new TransferFailedException(
          "it is too slow: "
              + bytes
              + " bytes in "
              + patience.window().toMillis()
              + " ms, where "
              + patience.leastBytes()
              + " are needed; what came is kept, and a later attempt goes on from it",
          Next.OTHER_MIRROR);
    }
  }

  /** Returns the answer once it is complete, null before. */
  private static HttpResponse<Void> poll(CompletableFuture<HttpResponse<Void>> answer)
      throws ExecutionException {
    try {
      return answer.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RunCancelledException();
    }
  }

  private static String reason(Throwable cause) {
    String kind =
        cause instanceof ConnectException ? "it cannot be reached" : "the connection broke";
    return cause.getMessage() == null ? kind : kind + " (" + cause.getMessage() + ")";
  }
}
