package io.hone.plugins.datasets.download;

import io.hone.api.BadInputException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * The places on the web that hold a data set's files.
 *
 * @param addresses tried in order; each ends with a slash
 */
public record Mirrors(List<URI> addresses) {
  /** Copies the list. */
  public Mirrors {
    addresses = List.copyOf(addresses);
  }

  /**
   * Reads what a user wrote.
   *
   * @param dataset id of the data set, for messages
   * @throws BadInputException if an address is none of the web
   */
  public static Mirrors of(String dataset, List<String> addresses) {
    return new Mirrors(addresses.stream().map(address -> mirror(dataset, address)).toList());
  }

  private static URI mirror(String dataset, String address) {
    try {
      URI uri = new URI(address.endsWith("/") ? address : address + "/");
      if (uri.getHost() != null && List.of("http", "https").contains(uri.getScheme())) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below like any other text that is no web address.
    }
    throw new BadInputException(
        "data set "
            + dataset
            + ", mirrors: '"
            + address
            + "' is not a web address; write one that starts with https://, or put the files into a"
            + " folder and name it as `folder`");
  }
}
