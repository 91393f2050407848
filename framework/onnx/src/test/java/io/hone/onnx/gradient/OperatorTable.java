package io.hone.onnx.gradient;

import io.hone.onnx.gradient.cases.OperatorCases;
import io.hone.onnx.gradient.operator.StandardGradients;
import io.hone.onnx.gradient.rule.GradientRegistry;
import io.hone.onnx.gradient.rule.OperatorGradient;
import io.hone.onnx.graph.GraphEditor;
import io.hone.onnx.graph.Node;
import io.hone.onnx.opset.OpsetRaiser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The table of operators in the docs: what the registry holds, and what the tests draw. */
final class OperatorTable {
  private static final String HEAD =
      """
      # Operators

      Written by `OperatorTableTest` from the registry of gradients and the cases of
      `OperatorGradientTest`; do not edit. Every graph of a case is compared with finite differences of the
      model as it was written, with shapes known and unknown. Gradients to the float constants that an
      operator reads are compared too.

      - *gradient*: exact; *in parts*: rewritten as operators that have a gradient; *zero*: constant to
        differentiation, and so no obstacle; *straight-through*: rounding passes the
        gradient as it is, and the user is told.
      - *form changed*: opsets up to %d in which nodes of older models are rewritten, because
        the operator takes its arguments in another way or means something else.
      - *tested opsets*: those in which the graphs are written. Models of opset %d to %d are read.

      | operator | gradient | form changed | tested opsets | graphs |
      |---|---|---|---|---|
      """;

  private final GradientRegistry registry = StandardGradients.registry();
  private final Map<String, List<OperatorCases>> cases;

  OperatorTable() {
    cases =
        OperatorCases.all()
            .collect(
                Collectors.groupingBy(OperatorCases::operator, TreeMap::new, Collectors.toList()));
  }

  /** Returns the operators with an exact gradient that no case draws. */
  Set<String> withoutCases() {
    return registry.operators().stream()
        .filter(operator -> !cases.containsKey(operator))
        .filter(operator -> !gradient(operator).isZero())
        // What is in place of a slope cannot agree with differences; it has tests of its own.
        .filter(operator -> !gradient(operator).isApproximate())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the table in Markdown. */
  String markdown() {
    Set<String> operators = new TreeSet<>(registry.operators());
    operators.addAll(cases.keySet());
    return HEAD.formatted(OpsetRaiser.OPSET, OpsetRaiser.OLDEST, OpsetRaiser.NEWEST)
        + operators.stream().map(this::row).collect(Collectors.joining());
  }

  private String row(String operator) {
    List<OperatorCases> own = cases.getOrDefault(operator, List.of());
    Set<Integer> opsets =
        own.stream()
            .flatMap(drawn -> drawn.opsets().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    int graphs =
        own.stream()
            .mapToInt(drawn -> drawn.opsets().size() * OperatorGradientTest.graphs(drawn))
            .sum();
    return "| "
        + String.join(
            " | ",
            operator,
            kind(operator),
            joined(OpsetRaiser.changesOf(operator)),
            joined(opsets),
            graphs == 0 ? "" : Integer.toString(graphs))
        + " |\n";
  }

  private String kind(String operator) {
    if (!registry.operators().contains(operator)) {
      return "in parts";
    }
    OperatorGradient gradient = gradient(operator);
    if (gradient.isApproximate()) {
      return gradient.approximation().split(":")[0];
    }
    return gradient.isZero() ? "zero" : "gradient";
  }

  private OperatorGradient gradient(String operator) {
    Node node = GraphEditor.create(OpsetRaiser.OPSET).node(operator).into(List.of());
    return registry.of(node).orElseThrow();
  }

  private static String joined(Collection<Integer> opsets) {
    return opsets.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
