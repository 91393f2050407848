package io.hone.plugins.datasets.transfer;

/**
 * Says why a mirror did not deliver; its message follows the address in the error the user sees.
 */
final class TransferFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean worthStartingOver;

  /**
   * Creates the exception.
   *
   * @param worthStartingOver whether the bytes kept from earlier were to blame, and are gone
   */
  TransferFailedException(String message, boolean worthStartingOver) {
    super(message);
    this.worthStartingOver = worthStartingOver;
  }

  boolean worthStartingOver() {
    return worthStartingOver;
  }
}
