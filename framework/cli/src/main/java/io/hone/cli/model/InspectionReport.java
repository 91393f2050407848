package io.hone.cli.model;

import io.hone.api.CompletedCard;
import io.hone.cli.install.Installation;
import io.hone.cli.text.TextTable;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import io.hone.onnxruntime.MemoryNeed;
import io.hone.onnxruntime.ModelInspection;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An inspected model, for people and for machines.
 *
 * @param model what it holds
 * @param card what its card, or what was read off the file, applies; empty where that is not known
 * @param notes what a user should know of how Hone understands it
 * @param attacks ids of those that work without gradient; empty where there is one
 */
record InspectionReport(
    ModelInspection model, Optional<CompletedCard> card, List<String> notes, List<String> attacks) {
  void print(PrintStream out) {
    line(out, "file", Installation.shown(model.file()));
    line(out, "sha256", model.sha256());
    if (!model.producer().isEmpty()) {
      line(out, "producer", model.producer());
    }
    line(out, "opset", opsets());
    line(out, "parameters", String.format(Locale.ROOT, "%,d", model.parameters()));
    model.inputs().forEach(input -> line(out, "input", Ports.text(input)));
    model.outputs().forEach(output -> line(out, "output", Ports.text(output)));
    card.map(AppliedCard::new).ifPresent(applied -> applied.print(out));
    line(
        out,
        "logits",
        model.logits().value()
            + (model.logits().foundBeforeSoftmax() ? ", before the softmax at the end" : ""));
    model.memory().ifPresent(need -> line(out, "memory", memory(need)));
    line(
        out,
        "gradient",
        model
            .gradientObstacle()
            .map(obstacle -> "none: " + obstacle)
            .orElse("from the logits to the first input" + approximations()));
    if (!attacks.isEmpty()) {
      line(out, "attacks", String.join(", ", attacks) + " (need labels or scores only)");
    }
    notes.forEach(note -> line(out, "note", note));
    if (!model.operators().isEmpty()) {
      out.println();
      operators().print(out);
    }
  }

  /** Returns the same under keys that stay. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", model.file().toString());
    map.put("sha256", model.sha256());
    map.put("producer", model.producer());
    map.put("opset", model.opset());
    map.put("other_opsets", model.otherOpsets());
    map.put("parameters", model.parameters());
    map.put("inputs", model.inputs().stream().map(InspectionReport::port).toList());
    map.put("outputs", model.outputs().stream().map(InspectionReport::port).toList());
    map.put(
        "logits",
        Map.of(
            "value",
            model.logits().value(),
            "before_softmax",
            model.logits().foundBeforeSoftmax()));
    card.map(AppliedCard::new).ifPresent(applied -> map.put("card", applied.toMap()));
    model.memory().ifPresent(need -> map.put("memory_bytes", bytes(need)));
    map.put("differentiable", model.gradientObstacle().isEmpty());
    model.gradientObstacle().ifPresent(obstacle -> map.put("obstacle", obstacle));
    map.put("attacks_without_gradient", attacks);
    map.put("notes", notes);
    map.put("operators", model.operators().stream().map(InspectionReport::operator).toList());
    return map;
  }

  private String opsets() {
    StringBuilder text = new StringBuilder(Integer.toString(model.opset()));
    model.otherOpsets().forEach((domain, version) -> text.append(", " + domain + " " + version));
    return text.toString();
  }

  private String approximations() {
    return model.approximations().isEmpty()
        ? ""
        : ", approximate at " + String.join("; ", model.approximations());
  }

  private TextTable operators() {
    TextTable table =
        new TextTable(false, "operator", "nodes", "on the path", "differentiable", "in the way");
    for (Coverage.Entry operator : model.operators()) {
      String exact = operator.approximation().isEmpty() ? "yes" : "approximately";
      table.add(
          List.of(
              operator.operator(),
              Integer.toString(operator.count()),
              Integer.toString(operator.onPath()),
              operator.differentiable() ? exact : "no",
              operator.blocks() ? String.join(" ", operator.nodes()) : ""));
    }
    return table;
  }

  private static String memory(MemoryNeed need) {
    String text =
        "about "
            + megabytes(need.weights())
            + " for the weights, "
            + megabytes(need.forward())
            + " for each image's logits";
    return text
        + need.gradient().map(bytes -> ", " + megabytes(bytes) + " for its gradient").orElse("")
        + " "
        + need.image();
  }

  private static String megabytes(long bytes) {
    return bytes < 1e6
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }

  private static Map<String, Object> bytes(MemoryNeed need) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("weights", need.weights());
    map.put("logits_per_image", need.forward());
    need.gradient().ifPresent(bytes -> map.put("gradient_per_image", bytes));
    return map;
  }

  private static Map<String, Object> port(TensorInfo port) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", port.name());
    map.put("type", port.type().name().toLowerCase(Locale.ROOT));
    port.shape().map(Shape::toString).ifPresent(shape -> map.put("shape", shape));
    return map;
  }

  private static Map<String, Object> operator(Coverage.Entry entry) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("operator", entry.operator());
    map.put("nodes", entry.count());
    map.put("on_path", entry.onPath());
    map.put("differentiable", entry.differentiable());
    map.put("approximation", entry.approximation());
    map.put("in_the_way", entry.blocks() ? entry.nodes() : List.of());
    return map;
  }

  static void line(PrintStream out, String key, String text) {
    out.printf("%-12s %s%n", key, text);
  }
}
