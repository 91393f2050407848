package io.hone.scenario.schema;

import com.github.victools.jsonschema.generator.SchemaGenerator;
import io.hone.host.component.ComponentRegistry;
import io.hone.scenario.card.ModelCards;
import io.hone.scenario.document.ScenarioFormat;
import io.hone.scenario.document.StepGrammars;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the JSON Schema (draft 2020-12) of scenarios and cards, with the parameters of every
 * installed component, so that an editor completes and checks them.
 *
 * <p>What spans several places, such as what {@code of} may name, only the reader checks.
 */
public final class ScenarioSchema {
  private ScenarioSchema() {}

  /** Returns the schema of scenarios for {@code hone run}. */
  public static ObjectNode ofScenarios(ComponentRegistry registry, StepGrammars steps) {
    return generate(ScenarioFormat.scenario(registry, steps), "A scenario of Hone");
  }

  /** Returns the schema of training scenarios for {@code hone train}. */
  public static ObjectNode ofTrainings(ComponentRegistry registry, StepGrammars steps) {
    return generate(ScenarioFormat.training(registry, steps), "A training scenario of Hone");
  }

  /** Returns the schema of model cards. */
  public static ObjectNode ofCards() {
    return generate(
        new ScenarioFormat(ModelCards.document(), ModelCards.syntaxes()), "A model card of Hone");
  }

  private static ObjectNode generate(ScenarioFormat format, String title) {
    ObjectNode schema =
        new SchemaGenerator(new RecordSchemas(format.syntaxes()).configuration())
            .generateSchema(format.document());
    return schema.put("title", title);
  }
}
