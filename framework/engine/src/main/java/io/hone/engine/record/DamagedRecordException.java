package io.hone.engine.record;

import java.io.IOException;

/** A record of the journal is not what was written; its samples can be computed again. */
public final class DamagedRecordException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a message that goes on from "the record", such as "is empty". */
  public DamagedRecordException(String problem) {
    super(problem);
  }
}
