package io.hone.cli;

import io.hone.api.attack.AttackProfile;
import io.hone.api.component.BadInputException;
import io.hone.core.component.ComponentDescriptor;
import io.hone.core.component.ComponentKind;
import io.hone.core.component.ParameterDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Describes one component. */
@Command(
    name = "describe",
    mixinStandardHelpOptions = true,
    description = "Describes a component: what it does, its parameters and an example.")
final class DescribeCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ID", description = "The component's id, as in use: ID.")
  private String id;

  @Mixin private PluginOptions plugins;

  @Override
  public Integer call() {
    try (Session session = new Session(Installation.current(), plugins)) {
      List<ComponentDescriptor> found = new ArrayList<>();
      for (ComponentKind kind : ComponentKind.values()) {
        session.host().registry().descriptors(kind).stream()
            .filter(component -> component.id().equals(id))
            .forEach(found::add);
      }
      if (found.isEmpty()) {
        throw new BadInputException("there is no component '" + id + "'; hone list names them all");
      }
      found.forEach(DescribeCommand::print);
      return ExitCode.DONE;
    }
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
    addAll(table, "  ", component.parameters());
    table.print(System.out);
  }

  private static void print(AttackProfile profile) {
    System.out.println("  Formula: " + profile.formula());
    System.out.println("  Norms: " + AttackTable.norms(profile));
    System.out.println("  Goals: " + AttackTable.goals(profile));
    System.out.println("  Cost per sample: " + profile.cost());
  }

  private static void addAll(TextTable table, String indent, List<ParameterDescriptor> parameters) {
    for (ParameterDescriptor parameter : parameters) {
      table.add(
          List.of(
              indent + parameter.name(),
              parameter.def().orElse("(required)"),
              values(parameter),
              parameter.meaning()));
      addAll(table, indent + "  ", parameter.nested());
    }
  }

  private static String values(ParameterDescriptor parameter) {
    if (!parameter.choices().isEmpty()) {
      return String.join(" | ", parameter.choices());
    }
    boolean low = Double.isFinite(parameter.min());
    boolean high = Double.isFinite(parameter.max());
    if (low && high) {
      return number(parameter.min()) + " to " + number(parameter.max());
    }
    if (low) {
      return "at least " + number(parameter.min());
    }
    return high ? "at most " + number(parameter.max()) : "";
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
