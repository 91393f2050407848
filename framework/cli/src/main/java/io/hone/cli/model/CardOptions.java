package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.model.CardDraft;
import io.hone.api.model.CardDraft.Extent;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What a user says of a model that its file does not tell. */
final class CardOptions {
  @Option(
      names = "--range",
      split = ",",
      paramLabel = "BLACK,WHITE",
      description = "What the model takes for black and white, such as 0,255.")
  private List<Float> range;

  @Option(
      names = "--mean",
      split = ",",
      paramLabel = "M",
      description = "Subtracted per channel, in units of the range, such as 0.485,0.456,0.406.")
  private List<Float> mean;

  @Option(
      names = "--std",
      split = ",",
      paramLabel = "S",
      description = "Divides per channel, in units of the range.")
  private List<Float> std;

  @Option(names = "--order", description = "Order of the colours: rgb or bgr.")
  private Order order;

  @Option(names = "--layout", description = "NCHW, or NHWC where the channels come last.")
  private Layout layout;

  @Option(names = "--channels", paramLabel = "C", description = "Number of channels.")
  private Integer channels;

  @Option(names = "--height", paramLabel = "H", description = "Rows, or any.")
  private String height;

  @Option(names = "--width", paramLabel = "W", description = "Columns, or any.")
  private String width;

  @Option(names = "--input", paramLabel = "NAME", description = "The graph's input for images.")
  private String input;

  @Option(names = "--output", paramLabel = "NAME", description = "The graph's output.")
  private String output;

  @Option(
      names = "--kind",
      description = "What the output is: logits, probabilities, scores or image.")
  private OutputKind kind;

  @Option(names = "--classes", paramLabel = "K", description = "Number of classes.")
  private Integer classes;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "A text file with the names of the classes, one a line, in their order.")
  private Path names;

  /**
   * Returns a draft with what the options say.
   *
   * @throws BadInputException naming an option that cannot be right
   */
  CardDraft over(CardDraft draft) {
    return new CardDraft(
        draft.name(),
        draft.file(),
        // The card is written for the file as it is now.
        Optional.empty(),
        kind == null ? draft.task() : Optional.empty(),
        over(draft.input()),
        over(draft.output()),
        draft.training(),
        Optional.empty());
  }

  private CardDraft.Input over(CardDraft.Input known) {
    Optional<Integer> number = channels == null ? known.channels() : Optional.of(channels);
    CardDraft.Input changed =
        new CardDraft.Input(
            input == null ? known.name() : Optional.of(input),
            layout == null ? known.layout() : Optional.of(layout),
            order == null ? known.order() : Optional.of(order),
            number,
            height == null ? known.height() : Optional.of(extent("--height", height)),
            width == null ? known.width() : Optional.of(extent("--width", width)),
            range == null ? known.range() : Optional.of(range()),
            mean == null ? known.mean() : mean,
            std == null ? known.std() : std);
    Counts.positive("--channels", channels, 1);
    return changed;
  }

  private CardDraft.Output over(CardDraft.Output known) {
    Counts.positive("--classes", classes, 1);
    List<String> read = names == null ? known.classNames() : names();
    return new CardDraft.Output(
        output == null ? known.name() : Optional.of(output),
        kind == null ? known.kind() : Optional.of(kind),
        classes == null ? known.classes() : Optional.of(classes),
        read);
  }

  private Range range() {
    if (range.size() != 2 || !(range.get(0) < range.get(1))) {
      throw new BadInputException(
          "--range must be two numbers that rise, BLACK,WHITE such as 0,255, not " + range);
    }
    return new Range(range.get(0), range.get(1));
  }

  private static Extent extent(String option, String text) {
    if (text.equals("any")) {
      return Extent.ANY;
    }
    if (text.matches("[1-9][0-9]{0,8}")) {
      return Extent.of(Integer.parseInt(text));
    }
    throw new BadInputException(
        option + " must be a whole number of at least 1, or any, not " + text);
  }

  private List<String> names() {
    if (!Files.isRegularFile(names)) {
      throw new BadInputException("--names: there is no file " + names);
    }
    try {
      // Editors on Windows begin a file with a byte order mark.
      List<String> lines =
          Files.readString(names)
              .replaceFirst("^\uFEFF", "")
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      if (lines.isEmpty()) {
        throw new BadInputException("--names: " + names + " is empty; write one name a line");
      }
      return lines;
    } catch (IOException e) {
      throw new BadInputException(
          "--names: " + names + " cannot be read as text in UTF-8; write one name a line", e);
    }
  }
}
