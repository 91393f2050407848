package io.hone.cli;

import io.hone.api.Param;
import io.hone.host.component.ParameterDescriptor;
import java.util.ArrayList;
import java.util.List;

/**
 * What people are told of one parameter.
 *
 * @param path its name, after the names of the parameters that it is nested in
 * @param def its default, or that it is required
 * @param values what it may be; empty if anything of its type
 * @param meaning what it means
 * @param unit how a number may be written
 */
record ParameterRow(List<String> path, String def, String values, String meaning, Param.Unit unit) {

  /** Returns the rows of parameters, each followed by those nested in it. */
  static List<ParameterRow> of(List<ParameterDescriptor> parameters) {
    List<ParameterRow> rows = new ArrayList<>();
    addAll(rows, List.of(), parameters);
    return rows;
  }

  private static void addAll(
      List<ParameterRow> rows, List<String> outer, List<ParameterDescriptor> parameters) {
    for (ParameterDescriptor parameter : parameters) {
      List<String> path = new ArrayList<>(outer);
      path.add(parameter.name());
      rows.add(
          new ParameterRow(
              List.copyOf(path),
              parameter.def().orElse("(required)"),
              values(parameter),
              parameter.meaning(),
              parameter.unit()));
      addAll(rows, path, parameter.nested());
    }
  }

  private static String values(ParameterDescriptor parameter) {
    if (!parameter.choices().isEmpty()) {
      return String.join(" | ", parameter.choices());
    }
    if (parameter.uses().isPresent()) {
      return "ID or {use: ID, with: {...}}";
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
