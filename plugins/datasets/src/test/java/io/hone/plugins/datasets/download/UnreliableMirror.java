package io.hone.plugins.datasets.download;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** An HTTP server on this machine that answers as it is told, one behaviour a request. */
public final class UnreliableMirror implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Deque<Behaviour> behaviours = new ArrayDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch silence = new CountDownLatch(1);

  /** What becomes of a request. */
  @FunctionalInterface
  public interface Behaviour {
    /** Answers the request. */
    void answer(HttpExchange exchange) throws IOException;
  }

  /** Starts the server; the last behaviour also answers all later requests. */
  public UnreliableMirror(Behaviour... behaviours) {
    this.behaviours.addAll(Arrays.asList(behaviours));
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** Returns the folder that it serves. */
  public String address() {
    return "http://"
        + server.getAddress().getHostString()
        + ":"
        + server.getAddress().getPort()
        + "/data/";
  }

  /** Returns path and range of each request, in their order. */
  public List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    requests.add(exchange.getRequestURI().getPath() + (range == null ? "" : " " + range));
    Behaviour behaviour;
    synchronized (behaviours) {
      behaviour = behaviours.size() > 1 ? behaviours.remove() : behaviours.peek();
    }
    try (exchange) {
      behaviour.answer(exchange);
    } catch (IOException e) {
      // The client hangs up where it has heard enough.
    }
  }

  /** Sends nothing but a status. */
  public static Behaviour status(int status) {
    return exchange -> exchange.sendResponseHeaders(status, -1);
  }

  /** Sends the whole content, whatever part was asked for. */
  public static Behaviour whole(byte[] content, String tag) {
    return exchange -> send(exchange, 200, content, tag, content.length);
  }

  /** Announces the whole content and hangs up early. */
  public static Behaviour truncated(byte[] content, String tag, int sent) {
    return exchange -> send(exchange, 200, content, tag, sent);
  }

  /** Sends the part asked for if it is of the same version, as servers should. */
  public static Behaviour resuming(byte[] content, String tag) {
    return exchange -> {
      Headers headers = exchange.getRequestHeaders();
      String range = headers.getFirst("Range");
      if (range == null || !tag.equals(headers.getFirst("If-Range"))) {
        send(exchange, 200, content, tag, content.length);
        return;
      }
      int start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
      sendFrom(exchange, content, tag, start);
    };
  }

  /** Claims to send the part asked for and sends another one. */
  static Behaviour wrongPart(byte[] content, String tag) {
    return exchange -> sendFrom(exchange, content, tag, 1);
  }

  private static void sendFrom(HttpExchange exchange, byte[] content, String tag, int start)
      throws IOException {
    byte[] rest = Arrays.copyOfRange(content, start, content.length);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
    send(exchange, 206, rest, tag, rest.length);
  }

  /** Sends some bytes and then nothing until the server is closed. */
  Behaviour silentAfter(byte[] content, String tag, int sent) {
    return exchange -> {
      setTag(exchange, tag);
      exchange.sendResponseHeaders(200, content.length);
      OutputStream out = exchange.getResponseBody();
      out.write(content, 0, sent);
      out.flush();
      try {
        silence.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Sends a byte every 50 milliseconds until the server is closed. */
  Behaviour dripping(byte[] content, String tag) {
    return exchange -> {
      setTag(exchange, tag);
      exchange.sendResponseHeaders(200, content.length);
      OutputStream out = exchange.getResponseBody();
      try {
        for (byte one : content) {
          out.write(one);
          out.flush();
          if (silence.await(50, TimeUnit.MILLISECONDS)) {
            return;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Adds a behaviour that needs the server. */
  void then(Behaviour behaviour) {
    synchronized (behaviours) {
      behaviours.add(behaviour);
    }
  }

  private static void send(HttpExchange exchange, int status, byte[] content, String tag, int sent)
      throws IOException {
    setTag(exchange, tag);
    exchange.sendResponseHeaders(status, content.length);
    OutputStream out = exchange.getResponseBody();
    out.write(content, 0, sent);
    out.flush();
  }

  private static void setTag(HttpExchange exchange, String tag) {
    if (tag != null) {
      exchange.getResponseHeaders().set("ETag", tag);
    }
  }

  @Override
  public void close() {
    silence.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
