package io.hone.scenario.diagnostics;

import io.hone.api.BadInputException;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that is wrong with a scenario; the message shows all of it. */
public final class ScenarioException extends BadInputException {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> diagnostics;

  /** Creates an exception from at least one diagnostic. */
  public ScenarioException(List<Diagnostic> diagnostics) {
    super(format(diagnostics));
    this.diagnostics = List.copyOf(diagnostics);
  }

  /** Returns what is wrong, in reading order; empty if the exception was serialized. */
  public List<Diagnostic> diagnostics() {
    return diagnostics == null ? List.of() : diagnostics;
  }

  private static String format(List<Diagnostic> diagnostics) {
    String each = diagnostics.stream().map(Diagnostic::format).collect(Collectors.joining("\n\n"));
    int count = diagnostics.size();
    return each + "\n\n" + count + (count == 1 ? " error" : " errors") + "; nothing was run";
  }
}
