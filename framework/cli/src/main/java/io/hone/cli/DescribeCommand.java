package io.hone.cli;

import io.hone.Hone;
import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.cli.install.PluginOptions;
import io.hone.cli.process.ExitCode;
import io.hone.cli.text.TextTable;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.OptionalComponents;
import io.hone.host.component.ParameterDescriptor;
import io.hone.scenario.diagnostics.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Describes one component. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Describes a component: what it does, its parameters and an example.")
final class DescribeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "The component's id, as in use: ID.")
  private String id;

  @Option(names = "--markdown", description = "Prints an attack's page of the documentation.")
  private boolean markdown;

  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    try (Hone hone = plugins.open()) {
      if (markdown) {
        System.out.print(page(hone.components()));
        return ExitCode.DONE;
      }
      List<ComponentDescriptor> found = new ArrayList<>();
      for (ComponentKind kind : ComponentKind.values()) {
        hone.components().descriptors(kind).stream()
            .filter(component -> component.id().equals(id))
            .forEach(found::add);
      }
      if (found.isEmpty()) {
        throw unknown(hone.components());
      }
      for (ComponentDescriptor component : found) {
        print(component);
        printKeys(TrainerTable.keys(hone.components(), component));
      }
      return ExitCode.DONE;
    }
  }

  private BadInputException unknown(ComponentRegistry registry) {
    List<String> known =
        Arrays.stream(ComponentKind.values())
            .flatMap(kind -> registry.descriptors(kind).stream())
            .map(ComponentDescriptor::id)
            .toList();
    String missing =
        Arrays.stream(ComponentKind.values())
            .flatMap(kind -> OptionalComponents.howToInstall(kind, id).stream())
            .map(how -> "\n" + how)
            .collect(Collectors.joining());
    return new BadInputException(
        "there is no component '" + id + "'" + guess(known) + "hone list names them all" + missing);
  }

  private String guess(List<String> known) {
    return Spelling.nearest(id, known).map(near -> "; did you mean '" + near + "'? ").orElse("; ");
  }

  private String page(ComponentRegistry registry) {
    return registry
        .<Attack<Record>>find(ComponentKind.ATTACK, id)
        .map(attack -> new AttackPages(registry).page(attack.descriptor()))
        .orElseThrow(
            () ->
                new BadInputException(
                    "there is no attack '"
                        + id
                        + "'"
                        + guess(ids(registry))
                        + "hone list attacks names them all"));
  }

  private static List<String> ids(ComponentRegistry registry) {
    return registry.descriptors(ComponentKind.ATTACK).stream()
        .map(ComponentDescriptor::id)
        .toList();
  }

  private static void print(ComponentDescriptor component) {
    System.out.println(
        component.id() + " (" + component.kind().word() + ", " + component.source() + ")");
    System.out.println("  " + component.summary());
    if (!component.references().isEmpty()) {
      System.out.println("  Source: " + component.references());
    }
    component.profile().ifPresent(DescribeCommand::print);
    System.out.println("  Example: use: " + component.id() + ", with: " + component.example());
    if (component.parameters().isEmpty()) {
      System.out.println("  It has no parameters.");
      return;
    }
    TextTable table = new TextTable(false, "  parameter", "default", "values", "meaning");
    for (ParameterRow row : ParameterRow.of(component.parameters())) {
      String name = "  ".repeat(row.path().size()) + row.path().get(row.path().size() - 1);
      table.add(List.of(name, row.def(), row.values(), row.meaning()));
    }
    table.print(System.out);
  }

  private static void printKeys(List<ParameterDescriptor> keys) {
    if (keys.isEmpty()) {
      return;
    }
    System.out.println();
    TextTable table = new TextTable(false, "  beside use", "meaning");
    keys.forEach(key -> table.add(List.of("  " + key.name(), key.meaning())));
    table.print(System.out);
  }

  private static void print(AttackProfile profile) {
    System.out.println("  Formula: " + profile.formula());
    System.out.println("  Norms: " + AttackTable.norms(profile));
    System.out.println("  Goals: " + AttackTable.goals(profile));
    System.out.println("  Cost per sample: " + profile.cost());
  }
}
