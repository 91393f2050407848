package io.hone.scenario.binding;

import io.hone.api.model.Task;
import io.hone.host.component.ComponentRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The syntaxes of parameters that are components themselves: attacks and architectures. */
public final class UseSyntaxes {
  private UseSyntaxes() {}

  /** Returns the syntaxes of the components of a registry. */
  public static List<ValueSyntax> of(ComponentRegistry registry) {
    Stream<ValueSyntax> architectures =
        Arrays.stream(Task.values()).map(task -> new ArchitectureUseSyntax(registry, task));
    return Stream.concat(Stream.of(new AttackUseSyntax(registry)), architectures).toList();
  }
}
