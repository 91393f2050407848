package io.hone.host.component;

import io.hone.api.AttackProfile;
import io.hone.api.Param;
import io.hone.api.geometry.Norm;
import io.hone.api.geometry.NormChoice;
import java.util.List;
import java.util.Map;
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
 * @param source the plugin's id and version, such as {@code hone-improvers 0.1.0}, or {@link
 *     #BUILT_IN}
 * @param figures names of the figures that it records of its samples
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
    List<String> figures,
    Optional<AttackProfile> profile) {
  /** The source of components on the class path. */
  public static final String BUILT_IN = "hone";

  /** Copies the figures. */
  public ComponentDescriptor {
    figures = List.copyOf(figures);
  }

  /** Returns whether the component is on the class path, so that no plugin jar brings it. */
  public boolean isBuiltIn() {
    return source.equals(BUILT_IN);
  }

  /**
   * Returns the norm that the component works in: its {@link NormChoice}, or else the only norm of
   * its profile. Empty where neither tells.
   *
   * @param effective parameters as plain values
   */
  public Optional<Norm> norm(Map<?, ?> effective) {
    return normChoice()
        .map(choice -> choice.norm(effective.get(choice.name())))
        .orElseGet(this::onlyNorm);
  }

  /** Returns the parameter that chooses the norm, if one does. */
  public Optional<ParameterDescriptor> normChoice() {
    return parameters.stream().filter(ParameterDescriptor::isNormChoice).findFirst();
  }

  /** Returns the name of the parameter that is the radius around the clean image, if one is. */
  public Optional<String> radius() {
    return parameters.stream()
        .filter(parameter -> parameter.unit() == Param.Unit.RADIUS)
        .map(ParameterDescriptor::name)
        .findFirst();
  }

  private Optional<Norm> onlyNorm() {
    return profile.map(AttackProfile::norms).filter(norms -> norms.length == 1).map(all -> all[0]);
  }
}
