package io.hone.cli;

import io.hone.cli.text.TextTable;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.KebabCase;
import io.hone.network.Architecture;
import java.io.PrintStream;
import java.util.List;

/** What architectures are chosen by: the task, which tells the trainers that take them. */
final class ArchitectureTable {
  private ArchitectureTable() {}

  static void print(ComponentRegistry registry, PrintStream out) {
    TextTable table =
        new TextTable(false, "id", "task", "parameters", "from", "what it does", "source");
    for (ComponentDescriptor architecture : registry.descriptors(ComponentKind.ARCHITECTURE)) {
      table.add(
          List.of(
              architecture.id(),
              task(registry, architecture),
              TrainerTable.names(architecture.parameters()),
              architecture.source(),
              architecture.summary(),
              AttackTable.reference(architecture)));
    }
    table.print(out);
  }

  private static String task(ComponentRegistry registry, ComponentDescriptor architecture) {
    return registry
        .<Architecture<Record>>find(ComponentKind.ARCHITECTURE, architecture.id())
        .map(installed -> installed.instance().task())
        .map(KebabCase::wordOf)
        .orElse(AttackTable.UNKNOWN);
  }
}
