package io.hone.plugins.datasets.download;

/**
 * Says why a mirror did not deliver; its message follows the address in the error the user sees.
 */
final class TransferFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is tried after a failure. */
  enum Next {
    /** The same mirror: the bytes kept from earlier were to blame, and are gone. */
    SAME_MIRROR,
    /** The same mirror if it sent something, which the next attempt then goes on from. */
    SAME_MIRROR_IF_IT_SENT,
    /** Another mirror; what came is kept in case there is none. */
    OTHER_MIRROR
  }

  private final Next next;

  /** Creates the exception. */
  TransferFailedException(String message, Next next) {
    super(message);
    this.next = next;
  }

  Next next() {
    return next;
  }
}
