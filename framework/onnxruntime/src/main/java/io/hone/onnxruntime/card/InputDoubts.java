package io.hone.onnxruntime.card;

import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.run.TrustFlag;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds where a card's pixel values contradict the graph or each other. */
public final class InputDoubts {
  /** Ranges count as different if one is at least so many times as wide as the other. */
  private static final double DIFFERENT = 1.5;

  private InputDoubts() {}

  /** Returns what makes it doubtful that the model gets the pixels it was made for. */
  public static List<TrustFlag> of(ModelCard card, OnnxFile file, TensorInfo images) {
    List<TrustFlag> doubts = new ArrayList<>();
    ModelCard.Input input = card.input();
    if (input.mean().isEmpty() && input.std().isEmpty()) {
      PixelScale scale = scale(file, images);
      range(card, scale).ifPresent(doubts::add);
      order(card, scale.order(), "its graph subtracts").ifPresent(doubts::add);
    }
    mean(card).ifPresent(doubts::add);
    order(card, orderOfMeans(input), "its input.mean says").ifPresent(doubts::add);
    return doubts;
  }

  private static PixelScale scale(OnnxFile file, TensorInfo images) {
    ElementType type = file.canonical().integerInputs().getOrDefault(images.name(), images.type());
    return PixelScaleFinder.find(file.model(), images.name(), type);
  }

  private static Optional<TrustFlag> range(ModelCard card, PixelScale scale) {
    Range said = card.input().range();
    return scale
        .range()
        .filter(told -> differ(told, said))
        .map(
            told ->
                doubt(
                    "The card of model '"
                        + card.name()
                        + "' says input.range "
                        + BareRange.words(said)
                        + ", but its graph "
                        + scale.reason()
                        + ", as for pixels of "
                        + BareRange.words(told)
                        + ". Correct the card's input.range if the accuracy is low."));
  }

  private static Optional<Order> orderOfMeans(ModelCard.Input input) {
    if (input.mean().isEmpty()) {
      return Optional.empty();
    }
    double[] shifts = input.mean().stream().mapToDouble(mean -> -mean).toArray();
    double[] factors = new double[shifts.length];
    Arrays.fill(factors, 1);
    return PixelScale.order(input.range(), new PixelScale.Affine(factors, shifts));
  }

  private static Optional<TrustFlag> order(ModelCard card, Optional<Order> told, String who) {
    return told.filter(order -> order != card.input().order())
        .map(
            order ->
                doubt(
                    "The card of model '"
                        + card.name()
                        + "' says input.order "
                        + word(card.input().order())
                        + ", but "
                        + who
                        + " ImageNet's means in the order "
                        + word(order)
                        + ". Correct the card's input.order, or the order of its means."));
  }

  private static String word(Order order) {
    return order.name().toLowerCase(Locale.ROOT);
  }

  private static boolean differ(Range told, Range said) {
    double one = told.high() - told.low();
    double other = said.high() - said.low();
    boolean apart = told.high() <= said.low() || said.high() <= told.low();
    return apart
        || Math.max(one, other) > DIFFERENT * Math.min(one, other)
        || Math.abs(told.low() - said.low()) > Math.min(one, other) / 4;
  }

  /** A mean is the average of many pixels, so it is within their range. */
  private static Optional<TrustFlag> mean(ModelCard card) {
    Range range = card.input().range();
    double width = (double) range.high() - range.low();
    boolean outside =
        card.input().mean().stream().anyMatch(mean -> mean < range.low() || mean > range.high());
    // Of ranges much wider than 1, means of at most 1 are those of [0, 1].
    boolean tooSmall =
        width > 2
            && range.low() == 0
            && card.input().mean().stream().anyMatch(mean -> mean > 0)
            && card.input().mean().stream().allMatch(mean -> mean <= 1);
    return outside || tooSmall
        ? Optional.of(
            doubt(
                "The card of model '"
                    + card.name()
                    + "' says input.mean "
                    + card.input().mean()
                    + " for pixels of "
                    + BareRange.words(range)
                    + ". Mean and std are in units of input.range: correct one of them."))
        : Optional.empty();
  }

  private static TrustFlag doubt(String text) {
    return new TrustFlag(TrustFlag.ASSUMED_INPUT, text);
  }
}
