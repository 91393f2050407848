package io.hone.cli.model;

import io.hone.api.CompletedCard;
import io.hone.api.model.ModelCard;
import io.hone.api.model.Task;
import io.hone.host.component.KebabCase;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a card applies to images and to what a model returns, for people and for machines. */
record AppliedCard(CompletedCard completed) {
  private static final int COLOURS = 3;
  private static final int NAMES_SHOWN = 10;

  void print(PrintStream out) {
    ModelCard.Input input = completed.card().input();
    InspectionReport.line(out, "images", images(input));
    InspectionReport.line(out, "pixels", pixels(input));
    InspectionReport.line(out, "returns", returns());
  }

  private String images(ModelCard.Input input) {
    String text = input.sizes() + " (channels x height x width), " + input.layout() + order(input);
    return completed.shapeTold()
        ? text
        : text + "; the file tells no image's shape, so a run takes that of its data set";
  }

  private static String order(ModelCard.Input input) {
    return input.channels() == COLOURS ? ", " + input.order().name().toLowerCase(Locale.ROOT) : "";
  }

  private static String pixels(ModelCard.Input input) {
    String text = number(input.range().low()) + " to " + number(input.range().high());
    if (input.mean().isEmpty() && input.std().isEmpty()) {
      return text + ", no mean and std";
    }
    return text + ", mean " + input.mean() + ", std " + input.std();
  }

  private static String number(float number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Float.toString(number);
  }

  private String returns() {
    ModelCard.Output output = completed.card().output();
    String kind = output.kind().name().toLowerCase(Locale.ROOT);
    if (completed.card().task() == Task.IMAGE_TO_IMAGE) {
      return kind;
    }
    List<String> names = output.classNames();
    return kind
        + " of "
        + output.classes()
        + " classes"
        + (names.isEmpty()
            ? ", without names"
            : ": "
                + String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN)))
                + (names.size() > NAMES_SHOWN ? ", ..." : ""));
  }

  /** Returns the same under keys that stay: those of a card. */
  Map<String, Object> toMap() {
    ModelCard card = completed.card();
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("layout", card.input().layout().name());
    input.put("order", card.input().order().name().toLowerCase(Locale.ROOT));
    input.put("channels", card.input().channels());
    input.put("height", card.input().height().<Object>map(size -> size).orElse("any"));
    input.put("width", card.input().width().<Object>map(size -> size).orElse("any"));
    input.put("range", List.of(card.input().range().low(), card.input().range().high()));
    input.put("mean", card.input().mean());
    input.put("std", card.input().std());
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("kind", card.output().kind().name().toLowerCase(Locale.ROOT));
    output.put("classes", card.output().classes());
    output.put("names", card.output().classNames());
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("task", KebabCase.wordOf(card.task()));
    map.put("shape_told", completed.shapeTold());
    map.put("input", input);
    map.put("output", output);
    return map;
  }
}
