package io.hone.scenario.document;

import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.binding.ComponentSyntax;
import io.hone.scenario.binding.UseSyntaxes;
import io.hone.scenario.binding.ValueSyntax;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of a file: a record of its keys, and how the types in it are written.
 *
 * @param document the record of the top level's keys
 * @param syntaxes of the types that are more than a leaf, list or record
 */
public record ScenarioFormat(Class<? extends Record> document, List<ValueSyntax> syntaxes) {
  /** Returns the format of scenarios that name these components and have these kinds of steps. */
  public static ScenarioFormat scenario(ComponentRegistry registry, StepGrammars steps) {
    return new ScenarioFormat(ScenarioDocument.class, syntaxes(registry, steps));
  }

  /** Returns the format of training scenarios that name these components. */
  public static ScenarioFormat training(ComponentRegistry registry, StepGrammars steps) {
    return new ScenarioFormat(TrainingDocument.class, syntaxes(registry, steps));
  }

  private static List<ValueSyntax> syntaxes(ComponentRegistry registry, StepGrammars steps) {
    ComponentSyntax components = new ComponentSyntax(registry);
    DatasetSyntax datasets = new DatasetSyntax(components);
    KnownChecks checks = KnownChecks.installed();
    List<ValueSyntax> syntaxes = new ArrayList<>(UseSyntaxes.of(registry));
    syntaxes.addAll(
        List.of(
            components,
            datasets,
            new TrainSyntax(registry),
            new ValidationSyntax(datasets),
            new StepSyntax(steps),
            new AcceptedFlagSyntax(registry),
            new CheckNameSyntax(checks),
            new CheckSyntax(checks),
            new GoalSyntax(),
            new GridSyntax(),
            new MatrixSyntax(),
            new OneOrMoreSyntax(),
            new FormatVersionSyntax(),
            new RunNameSyntax()));
    return syntaxes;
  }
}
