package io.hone.cli.text;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/**
 * The line of a terminal that a progress bar is drawn on.
 *
 * <p>The library's own would also set the terminal's signals anew, after which Ctrl-C ends the
 * process at once instead of cancelling the run.
 */
final class BarLine extends ConsoleProgressBarConsumer {
  private static final int USUAL_WIDTH = 80;

  private final Terminal terminal;

  BarLine(PrintStream out) {
    super(out);
    try {
      terminal = TerminalBuilder.builder().nativeSignals(false).dumb(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int getMaxRenderedLength() {
    int width = terminal.getWidth();
    return (width > 0 ? width : USUAL_WIDTH) - 1;
  }

  @Override
  public void close() {
    super.close();
    try {
      terminal.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
