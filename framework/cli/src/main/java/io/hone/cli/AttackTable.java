package io.hone.cli;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.cli.text.TextTable;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.host.component.KebabCase;
import io.hone.scenario.binding.Binder;
import io.hone.scenario.binding.PathResolver;
import io.hone.scenario.binding.RecordShape;
import io.hone.scenario.binding.UseSyntaxes;
import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.SourceText;
import io.hone.scenario.yaml.YamlReader;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a tester compares attacks by. */
final class AttackTable {
  static final String UNKNOWN = "-";

  private AttackTable() {}

  static void print(ComponentRegistry registry, PrintStream out) {
    TextTable table = new TextTable(false, "id", "access", "norms", "goals", "plugin", "source");
    for (ComponentDescriptor attack : registry.descriptors(ComponentKind.ATTACK)) {
      Optional<InstalledComponent<Attack<Record>>> installed =
          registry.find(ComponentKind.ATTACK, attack.id());
      table.add(
          List.of(
              attack.id(),
              installed.map(found -> access(found, registry)).orElse(UNKNOWN),
              attack.profile().map(AttackTable::norms).orElse(UNKNOWN),
              attack.profile().map(AttackTable::goals).orElse(UNKNOWN),
              attack.source(),
              reference(attack)));
    }
    table.print(out);
  }

  /** Returns the norms that an attack minds, such as {@code linf, l2}. */
  static String norms(AttackProfile profile) {
    List<String> norms =
        new ArrayList<>(Arrays.stream(profile.norms()).map(AttackTable::word).toList());
    if (profile.sparse()) {
      norms.add("l0");
    }
    return norms.isEmpty() ? UNKNOWN : String.join(", ", norms);
  }

  /** Returns the goals that an attack can pursue, such as {@code untargeted, targeted}. */
  static String goals(AttackProfile profile) {
    return Stream.of(profile.goals()).map(AttackTable::word).collect(Collectors.joining(", "));
  }

  /** Returns where an attack's method comes from. */
  static String reference(ComponentDescriptor attack) {
    return attack.references().isEmpty() ? UNKNOWN : attack.references();
  }

  /** Returns what an attack needs to see with the parameters of its example. */
  static String access(InstalledComponent<Attack<Record>> attack, ComponentRegistry registry) {
    ComponentDescriptor descriptor = attack.descriptor();
    SourceText example = SourceText.ofOption("the example", descriptor.example());
    PathResolver paths = new PathResolver(Path.of(""), Path.of(""));
    // An example that names files which are not here tells nothing, and is no error of a listing.
    return new Binder(paths, UseSyntaxes.of(registry), new Diagnostics())
        .record(RecordShape.ofComponent(descriptor), YamlReader.parse(example))
        .map(bound -> word(attack.instance().access(bound.value())))
        .orElse(UNKNOWN);
  }

  private static String word(Enum<?> constant) {
    return KebabCase.wordOf(constant);
  }
}
