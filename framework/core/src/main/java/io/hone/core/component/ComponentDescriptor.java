package io.hone.core.component;

import io.hone.api.attack.AttackProfile;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a component, read once from its annotations: the one source of listings, schema,
 * validation and documentation.
 *
 * @param kind of component
 * @param id that scenarios use
 * @param summary one sentence
 * @param references where the method comes from, may be empty
 * @param example parameters as YAML flow text
 * @param parameterType the record of parameters
 * @param parameters each parameter, in the record's order
 * @param source the plugin's id and version, such as {@code hone-improvers 0.1.0}, or {@code hone}
 * @param profile what a tester wants to know of an attack, where it says so
 */
public record ComponentDescriptor(
    ComponentKind kind,
    String id,
    String summary,
    String references,
    String example,
    Class<? extends Record> parameterType,
    List<ParameterDescriptor> parameters,
    String source,
    Optional<AttackProfile> profile) {}
