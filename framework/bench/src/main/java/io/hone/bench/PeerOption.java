package io.hone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that lets a peer take turns with Hone. */
final class PeerOption {
  @Option(
      names = "--python",
      paramLabel = "FILE",
      description =
          "A Python that has the peer, torch and what else its script imports. Default: Hone is"
              + " measured alone.")
  private Optional<Path> python;

  /**
   * Returns the peer, where a Python was named; elsewhere says that it is left out.
   *
   * @param name of the peer
   * @param script that runs it
   * @throws io.hone.api.BadInputException with the next step if it cannot run
   */
  Optional<PythonPeer> open(String name, String script, Checkout checkout, Streams streams)
      throws IOException {
    if (python.isEmpty()) {
      streams.log().println(name + " is left out: no --python was given.");
      return Optional.empty();
    }
    return Optional.of(new PythonPeer(python.get(), checkout.path(), script));
  }
}
