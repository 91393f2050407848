package io.hone.cli.model;

import io.hone.api.CompletedCard;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.cli.install.Installation;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A model that is no ONNX file, for people and for machines: what its backend tells of it.
 *
 * @param backend id of the backend that runs it
 * @param card what is applied to images
 * @param obstacle why it gives no gradients; empty if it gives them, or is no classifier
 * @param notes what a user should know of how Hone understands it
 * @param attacks ids of those that work without gradient; empty where there is one
 */
record NetworkReport(
    String backend,
    CompletedCard card,
    Optional<String> obstacle,
    List<String> notes,
    List<String> attacks) {
  private static final String UNTOLD =
      "operators, opset and memory are told of ONNX files only; export the network to ONNX to see"
          + " them";

  /**
   * Asks a model's backend.
   *
   * @throws io.hone.api.BadInputException if no backend runs the model
   */
  static NetworkReport of(OpenedModel opened) {
    CompletedCard card = opened.completed();
    String backend = opened.backend();
    if (card.card().task() != Task.CLASSIFIER) {
      return new NetworkReport(backend, card, Optional.empty(), card.notices(), List.of());
    }
    List<String> notes = opened.notices();
    Optional<String> obstacle = opened.gradientObstacle();
    return new NetworkReport(
        backend,
        card,
        obstacle,
        notes,
        obstacle.isPresent() ? opened.attacksWithoutGradient() : List.of());
  }

  void print(PrintStream out) {
    ModelCard model = card.card();
    InspectionReport.line(out, "file", Installation.shown(model.file()));
    InspectionReport.line(out, "sha256", model.sha256());
    InspectionReport.line(out, "backend", backend);
    new AppliedCard(card).print(out);
    if (model.task() == Task.CLASSIFIER) {
      InspectionReport.line(
          out, "gradient", obstacle.map(why -> "none: " + why).orElse("from the backend"));
    }
    if (!attacks.isEmpty()) {
      InspectionReport.line(out, "attacks", String.join(", ", attacks));
    }
    notes.forEach(note -> InspectionReport.line(out, "note", note));
    InspectionReport.line(out, "note", UNTOLD);
  }

  /** Returns the same under keys that stay: those of an ONNX model, as far as they are known. */
  Map<String, Object> toMap() {
    ModelCard model = card.card();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("file", model.file().toString());
    map.put("sha256", model.sha256());
    map.put("backend", backend);
    map.put("card", new AppliedCard(card).toMap());
    if (model.task() == Task.CLASSIFIER) {
      map.put("differentiable", obstacle.isEmpty());
      obstacle.ifPresent(why -> map.put("obstacle", why));
    }
    map.put("attacks_without_gradient", attacks);
    map.put("notes", notes);
    return map;
  }
}
