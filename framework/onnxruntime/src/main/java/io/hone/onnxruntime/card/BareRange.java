package io.hone.onnxruntime.card;

import io.hone.api.model.CardDraft;
import io.hone.api.model.ModelCard.Range;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.TensorInfo;
import java.util.List;
import java.util.Optional;

/** Reads off a graph which pixel values its input takes, as far as no card says it. */
final class BareRange {
  private final CardDraft draft;
  private final TensorInfo port;
  private final List<String> notices;
  private final List<String> missing;

  /**
   * Creates a reader.
   *
   * @param notices takes in what was assumed and is most likely right
   * @param missing takes in what only a card can say
   */
  BareRange(CardDraft draft, TensorInfo port, List<String> notices, List<String> missing) {
    this.draft = draft;
    this.port = port;
    this.notices = notices;
    this.missing = missing;
  }

  /** Returns the range; empty if only a card can say it. */
  Optional<Range> read(ElementType type, PixelScale scale, boolean colours) {
    if (type == ElementType.UINT8) {
      return Optional.of(new Range(0, 255));
    }
    if (scale.range().isPresent()) {
      if (!scale.range().get().equals(Range.UNIT)) {
        notices.add(
            "Model '"
                + draft.name()
                + "': its graph "
                + scale.reason()
                + ", so they are taken as "
                + words(scale.range().get())
                + ". If they are not, write input.range on its card ("
                + BareModel.CARD_COMMAND
                + ").");
      }
      return scale.range();
    }
    if (type == ElementType.INT8) {
      missing.add(
          "input.range: the graph's '"
              + port.name()
              + "' takes INT8 and does not tell whether black is -128 ([-128, 127]) or 0 ([0, 127])");
      return Optional.empty();
    }
    if (!type.isFloating()) {
      notices.add(
          "Model '"
              + draft.name()
              + "' takes whole numbers ("
              + type
              + "), and nothing in its graph tells their range: pixels from 0 to 255 are assumed. If"
              + " they are others, write input.range on its card ("
              + BareModel.CARD_COMMAND
              + ").");
      return Optional.of(new Range(0, 255));
    }
    if (draft.input().mean().isEmpty() && draft.input().std().isEmpty()) {
      notices.add(
          "Nothing tells which pixel values model '"
              + draft.name()
              + "' takes: "
              + (colours ? "RGB in [0, 1]" : "[0, 1]")
              + ", without mean and standard deviation, is assumed. If it takes others, a card says"
              + " so ("
              + BareModel.CARD_COMMAND
              + ").");
    }
    return Optional.of(Range.UNIT);
  }

  static String words(Range range) {
    return number(range.low()) + " to " + number(range.high());
  }

  private static String number(float value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Float.toString(value);
  }
}
