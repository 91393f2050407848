package io.hone.cli;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.AttackProfile.Goal;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The documentation of attacks in Markdown, made of their descriptors alone. */
final class AttackPages {
  /** The page that lists the others. */
  static final String INDEX = "README.md";

  /** The page beside them that is written by hand. */
  static final String DIFFERENCES = "differences.md";

  private static final String INTRODUCTION =
      """
      # Attacks

      What every attack of the distribution does, needs and costs. Access is what the attack must see of the model with its
      example's parameters; norms are those whose distance it bounds or makes small. Each page ends with a scenario that
      runs as it is: save it, then `./hone run FILE`. [Differences](differences.md) tells where an attack departs from
      other libraries or its authors' code, and what it is held against.

      """;

  private final ComponentRegistry registry;

  /** Creates the pages of the attacks that are installed. */
  AttackPages(ComponentRegistry registry) {
    this.registry = registry;
  }

  /** Returns the text of every page, the index among them, by file name. */
  Map<String, String> all() {
    Map<String, String> pages = new TreeMap<>();
    pages.put(INDEX, index());
    for (ComponentDescriptor attack : registry.descriptors(ComponentKind.ATTACK)) {
      pages.put(attack.id() + ".md", page(attack));
    }
    return pages;
  }

  private String index() {
    List<List<String>> rows = new ArrayList<>();
    for (ComponentDescriptor attack : registry.descriptors(ComponentKind.ATTACK)) {
      rows.add(
          List.of(
              "[" + attack.id() + "](" + attack.id() + ".md)",
              access(attack),
              attack.profile().map(AttackTable::norms).orElse(AttackTable.UNKNOWN),
              attack.profile().map(AttackTable::goals).orElse(AttackTable.UNKNOWN),
              prose(AttackTable.reference(attack))));
    }
    return INTRODUCTION + table(List.of("id", "access", "norms", "goals", "source"), rows);
  }

  /** Returns the page of an attack. */
  String page(ComponentDescriptor attack) {
    StringBuilder page = new StringBuilder();
    page.append("# ").append(attack.id()).append("\n\n");
    page.append(prose(attack.summary())).append("\n\n");
    attack.profile().ifPresent(profile -> page.append(formula(profile)));
    String facts = facts(attack);
    page.append(facts).append(facts.isEmpty() ? "" : "\n");
    page.append("## Parameters\n\n").append(parameters(attack)).append('\n');
    page.append("## Example\n\n").append(neededFiles(attack));
    page.append("```yaml\n").append(scenario(attack)).append("```\n");
    return page.toString();
  }

  private static String formula(AttackProfile profile) {
    return "```\n" + profile.formula().replace("; ", ";\n") + "\n```\n\n";
  }

  private String facts(ComponentDescriptor attack) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Source", prose(AttackTable.reference(attack)));
    attack
        .profile()
        .ifPresent(
            profile -> {
              facts.put("Goals", AttackTable.goals(profile));
              facts.put("Norms", AttackTable.norms(profile));
              facts.put("Cost per sample", prose(profile.cost()));
            });
    facts.put("Access", access(attack));
    facts.values().removeIf(AttackTable.UNKNOWN::equals);
    return facts.entrySet().stream()
        .map(fact -> "- " + fact.getKey() + ": " + fact.getValue() + "\n")
        .collect(Collectors.joining());
  }

  private static String parameters(ComponentDescriptor attack) {
    List<ParameterRow> parameters = ParameterRow.of(attack.parameters());
    if (parameters.isEmpty()) {
      return "It has none.\n";
    }
    String table =
        table(
            List.of("name", "default", "values", "meaning"),
            parameters.stream()
                .map(
                    row ->
                        List.of(
                            "`" + String.join(".", row.path()) + "`",
                            prose(row.def().replaceAll("^null$", "none")),
                            prose(row.values()),
                            prose(row.meaning())))
                .toList());
    String sizes =
        parameters.stream()
            .filter(row -> row.unit().isPixelSize())
            .map(row -> "`" + String.join(".", row.path()) + "`")
            .collect(Collectors.joining(", "));
    return sizes.isEmpty()
        ? table
        : table + "\nMay also be written as `8/255` or `8px`: " + sizes + ".\n";
  }

  private static String neededFiles(ComponentDescriptor attack) {
    return attack.parameters().stream().anyMatch(each -> each.type().equals(Path.class))
        ? "The files that it names are beside the scenario.\n\n"
        : "";
  }

  private static String scenario(ComponentDescriptor attack) {
    boolean untargeted =
        attack
            .profile()
            .map(profile -> Arrays.asList(profile.goals()).contains(Goal.UNTARGETED))
            .orElse(true);
    return """
    hone: 1
    name: %1$s-example
    dataset: {use: mnist, with: {split: test}, take: 20}
    model: {card: models/mnist-lenet5}
    goal: %2$s
    steps:
      - {id: %1$s, attack: {use: %1$s, with: %3$s}}
    """
        .formatted(
            attack.id(), untargeted ? "untargeted" : "{targeted: next-best}", attack.example());
  }

  private String access(ComponentDescriptor attack) {
    return registry
        .<Attack<Record>>find(ComponentKind.ATTACK, attack.id())
        .map(found -> AttackTable.access(found, registry))
        .orElse(AttackTable.UNKNOWN);
  }

  private static String table(List<String> header, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(header));
    table.append(row(header.stream().map(name -> "---").toList()));
    rows.forEach(cells -> table.append(row(cells)));
    return table.toString();
  }

  private static String row(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Returns plain text such that Markdown shows it as it is, in a table too. */
  private static String prose(String text) {
    return text.replaceAll("[\\\\`*_<|]", "\\\\$0");
  }
}
