package io.hone.scenario.card;

import io.hone.api.CompletedCard;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Input;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Output;
import io.hone.api.model.Task;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes a card for people: each key with what it means, and what may be added. */
final class CommentedCard {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_./-]*");
  private static final Pattern WORD = Pattern.compile("(?i)null|true|false|yes|no|on|off");
  private static final int COMMENT_AT = 34;
  private static final int COLOURS = 3;

  private final StringBuilder text = new StringBuilder();

  private CommentedCard() {}

  /** Returns the text of a card in a folder. */
  static String of(Path folder, CompletedCard completed) {
    ModelCard card = completed.card();
    CommentedCard written = new CommentedCard();
    written.line(
        "# What Hone needs to know of this model. docs/model-card.md explains every key.", "");
    written.line("name: " + quoted(card.name()), "");
    written.line("file: " + quoted(file(folder, card)), "");
    written.line("sha256: " + card.sha256(), "");
    written.line("task: " + CardSyntax.word(card.task()), "classifier or image-to-image");
    written.input(card.input(), completed.shapeTold());
    written.output(card.output(), card.task());
    return written.text.toString();
  }

  private static String file(Path folder, ModelCard card) {
    return folder.toAbsolutePath().normalize().relativize(card.file()).toString();
  }

  private void input(Input input, boolean shapeTold) {
    line("input:", "");
    input.name().ifPresent(name -> line("  name: " + quoted(name), "the graph's input"));
    if (shapeTold) {
      line("  layout: " + input.layout(), "NCHW, or NHWC: channels last");
      line("  channels: " + input.channels(), "");
      line("  height: " + input.height().map(Object::toString).orElse("any"), "rows, or any");
      line("  width: " + input.width().map(Object::toString).orElse("any"), "columns, or any");
    } else {
      line("  # The file does not tell the shape of its images: the data set's is taken.", "");
      line("  # layout: NCHW", "NCHW, or NHWC: channels last");
      line("  # channels: 1", "");
      line("  # height: 28", "rows");
      line("  # width: 28", "columns");
    }
    if (input.channels() == COLOURS || input.order() != Order.RGB) {
      line("  order: " + CardSyntax.word(input.order()), "of the colours: rgb or bgr");
    }
    line(
        "  range: " + List.of(plain(input.range().low()), plain(input.range().high())),
        "what the model takes for black and white");
    perChannel("mean", input.mean(), "subtracted per channel, in units of range");
    perChannel("std", input.std(), "divides per channel, in units of range");
  }

  private void perChannel(String key, List<Float> values, String meaning) {
    line(
        values.isEmpty()
            ? "  # " + key + ": []"
            : "  " + key + ": " + values.stream().map(CommentedCard::plain).toList(),
        meaning);
  }

  private void output(Output output, Task task) {
    line("output:", "");
    output.name().ifPresent(name -> line("  name: " + quoted(name), "the graph's output"));
    line(
        "  kind: " + CardSyntax.word(output.kind()),
        "logits, probabilities, scores (either) or image");
    if (task != Task.CLASSIFIER) {
      return;
    }
    line("  classes: " + output.classes(), "");
    if (output.classNames().isEmpty()) {
      line("  # names: []", "of the classes, in their order");
    } else {
      line(
          output.classNames().stream()
              .map(name -> "\n    - " + quoted(name))
              .collect(Collectors.joining("", "  names:", "")),
          "");
    }
  }

  private void line(String content, String comment) {
    text.append(content);
    if (!comment.isEmpty()) {
      text.append(" ".repeat(Math.max(1, COMMENT_AT - content.length())))
          .append("# ")
          .append(comment);
    }
    text.append('\n');
  }

  private static String plain(float number) {
    return number == Math.rint(number) && Math.abs(number) < 1e6
        ? Long.toString((long) number)
        : Float.toString(number);
  }

  private static String quoted(String text) {
    return PLAIN.matcher(text).matches() && !WORD.matcher(text).matches()
        ? text
        : JsonMapper.shared().writeValueAsString(text);
  }
}
