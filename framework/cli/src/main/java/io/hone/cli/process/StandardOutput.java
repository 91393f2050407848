package io.hone.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.WritableByteChannel;

/**
 * What became of what a command printed: Java keeps silent about a full disk behind standard
 * output, and half a schema or table would pass for the whole.
 */
public final class StandardOutput {
  private StandardOutput() {}

  /**
   * Returns how the process ends: as the command did, or as a failure if what it printed is lost.
   */
  public static int exitCode(int ofCommand) {
    if (!System.out.checkError()) {
      return ofCommand;
    }
    String problem = problem();
    // A reader that has seen enough, such as head, closes its pipe: no error.
    if (problem.equals(ofClosedPipe())) {
      return ofCommand;
    }
    System.err.println("error: standard output cannot be written: " + problem);
    return ofCommand == ExitCode.DONE ? ExitCode.FAILED : ofCommand;
  }

  /** Returns the system's words for what is wrong, which the stream of the JDK forgets. */
  @SuppressWarnings("resource") // Standard output is not this method's to close.
  private static String problem() {
    OutputStream direct = new FileOutputStream(FileDescriptor.out);
    try {
      direct.write('\n');
      return "some of it is missing";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /**
   * Returns the system's words for a pipe that nobody reads: Java has no other sign of it, and they
   * depend on the user's language. So a pipe is closed to read them.
   */
  static String ofClosedPipe() {
    try {
      Pipe pipe = Pipe.open();
      pipe.source().close();
      try (WritableByteChannel unread = pipe.sink()) {
        unread.write(ByteBuffer.allocate(1));
      }
      return "";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
