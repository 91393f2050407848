package io.hone.cli;

import io.hone.Hone;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.ExitCode;
import io.hone.cli.text.TextTable;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Lists the components that scenarios can use. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the components that scenarios can use.",
      "For attacks: what they need to see of the model, their norms and goals, and their source.",
      "For trainers: the keys that a scenario may write beside them.",
      "For architectures: what the network does, and the names of their parameters."
    })
final class ListCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KIND",
      description =
          "attacks, improvers, defenses, datasets, backends, trainers, metrics or architectures.")
  private String kind;

  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    try (Hone hone = plugins.open()) {
      if (kind == null) {
        print(List.of(ComponentKind.values()), hone.components());
      } else {
        print(ComponentKind.named(kind), hone.components());
      }
      return ExitCode.DONE;
    }
  }

  private static void print(ComponentKind kind, ComponentRegistry registry) {
    switch (kind) {
      case ATTACK -> AttackTable.print(registry, System.out);
      case TRAINER -> TrainerTable.print(registry, System.out);
      case ARCHITECTURE -> ArchitectureTable.print(registry, System.out);
      default -> print(List.of(kind), registry);
    }
  }

  private static void print(List<ComponentKind> kinds, ComponentRegistry registry) {
    TextTable table = new TextTable(false, "kind", "id", "from", "what it does");
    for (ComponentKind listed : kinds) {
      for (ComponentDescriptor component : registry.descriptors(listed)) {
        table.add(List.of(listed.word(), component.id(), component.source(), component.summary()));
      }
    }
    table.print(System.out);
  }
}
