package io.hone.cli;

import io.hone.api.train.Trainer;
import io.hone.cli.text.TextTable;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.document.TrainSyntax;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What trainers are compared by: the keys that a scenario may write beside them. */
final class TrainerTable {
  private TrainerTable() {}

  static void print(ComponentRegistry registry, PrintStream out) {
    TextTable table = new TextTable(false, "id", "keys beside use", "from", "what it does");
    for (ComponentDescriptor trainer : registry.descriptors(ComponentKind.TRAINER)) {
      table.add(
          List.of(
              trainer.id(), names(keys(registry, trainer)), trainer.source(), trainer.summary()));
    }
    table.print(out);
  }

  /** Returns the names of parameters in a cell of a table. */
  static String names(List<ParameterDescriptor> parameters) {
    return parameters.isEmpty()
        ? AttackTable.UNKNOWN
        : parameters.stream().map(ParameterDescriptor::name).collect(Collectors.joining(", "));
  }

  /** Returns the keys beside {@code use} and {@code with} that a component takes as a trainer. */
  static List<ParameterDescriptor> keys(ComponentRegistry registry, ComponentDescriptor component) {
    if (component.kind() != ComponentKind.TRAINER) {
      return List.of();
    }
    return registry
        .<Trainer<Record>>find(ComponentKind.TRAINER, component.id())
        .flatMap(trainer -> Optional.ofNullable(trainer.instance().options()))
        .map(TrainSyntax::keys)
        .orElse(List.of());
  }
}
