package io.hone.onnxruntime.card;

import io.hone.api.data.ImageShape;
import io.hone.api.model.CardDraft;
import io.hone.api.model.CardDraft.Extent;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.Order;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.run.TrustFlag;
import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.ElementType;
import io.hone.onnx.graph.Shape;
import io.hone.onnx.graph.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads off a graph what its input takes, as far as no card says it. */
final class BareInput {
  /** The channels of grey and colour images; any other axis may as well be a height. */
  private static final Set<Long> USUAL_CHANNELS = Set.of(1L, 3L);

  private static final int COLOURS = 3;
  private static final int IMAGE_AXES = 3;

  private final OnnxFile file;
  private final CardDraft draft;
  private final TensorInfo port;
  private final List<String> notices = new ArrayList<>();
  private final List<TrustFlag> doubts = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();
  private boolean shapeTold = true;

  private BareInput(OnnxFile file, CardDraft draft, TensorInfo port) {
    this.file = file;
    this.draft = draft;
    this.port = port;
  }

  /**
   * What was found out.
   *
   * @param input empty if something is missing
   * @param shapeTold whether something tells the shape of the images
   * @param missing what only a card can say
   * @param notices what was assumed and is most likely right
   * @param doubts what was assumed and may be wrong
   */
  public record Found(
      Optional<ModelCard.Input> input,
      boolean shapeTold,
      List<String> missing,
      List<String> notices,
      List<TrustFlag> doubts) {}

  /** Reads what an input of the graph takes. */
  static Found read(OnnxFile file, CardDraft draft, TensorInfo port) {
    return new BareInput(file, draft, port).read();
  }

  private Found read() {
    ElementType type = file.canonical().integerInputs().getOrDefault(port.name(), port.type());
    PixelScale scale = PixelScaleFinder.find(file.model(), port.name(), type);
    Optional<Geometry> geometry = geometry();
    boolean colours = geometry.filter(found -> found.channels() == COLOURS).isPresent();
    Optional<Range> range =
        draft
            .input()
            .range()
            .or(() -> new BareRange(draft, port, notices, missing).read(type, scale, colours));
    Optional<ModelCard.Input> input =
        geometry.flatMap(found -> range.map(pixels -> input(found, pixels, order(found, scale))));
    return new Found(input, shapeTold, missing, notices, doubts);
  }

  private ModelCard.Input input(Geometry found, Range range, Order order) {
    return new ModelCard.Input(
        Optional.of(port.name()),
        found.layout(),
        order,
        found.channels(),
        found.height().pixels(),
        found.width().pixels(),
        range,
        draft.input().mean(),
        draft.input().std());
  }

  /** How an image is arranged. */
  private record Geometry(Layout layout, int channels, Extent height, Extent width) {
    ModelCard.Input card() {
      return new ModelCard.Input(
          Optional.empty(),
          layout,
          channels,
          height.pixels(),
          width.pixels(),
          Range.UNIT,
          List.of(),
          List.of());
    }
  }

  private Optional<Geometry> geometry() {
    List<Dimension> axes = port.shape().map(Shape::dimensions).orElse(List.of());
    Optional<Geometry> told =
        known().or(() -> usual(axes)).or(this::hinted).or(() -> ownAxes(axes)).map(this::corrected);
    if (told.isEmpty()) {
      shapeTold = false;
      missing.add(
          "input.channels, input.height and input.width, and input.layout where the channels come"
              + " last (NHWC): the graph's '"
              + port.name()
              + "' "
              + Axes.describe(port)
              + " does not tell which axes hold them"
              + draft
                  .images()
                  .map(image -> ", and holds no images of " + image + " as the data set has them")
                  .orElse(""));
    }
    return told;
  }

  /** Returns what the card says, with the layout that fits the graph where it says none. */
  private Optional<Geometry> known() {
    CardDraft.Input card = draft.input();
    if (card.channels().isEmpty() || card.height().isEmpty() || card.width().isEmpty()) {
      return Optional.empty();
    }
    Geometry first =
        new Geometry(
            card.layout().orElse(Layout.NCHW),
            card.channels().get(),
            card.height().get(),
            card.width().get());
    return card.layout().isPresent()
        ? Optional.of(first)
        : Optional.of(fitting(first).orElse(first));
  }

  /** Returns the arrangement in the layout that the graph's axes hold, channels first if both. */
  private Optional<Geometry> fitting(Geometry any) {
    Optional<Layout> said = draft.input().layout();
    for (Layout layout : said.map(List::of).orElse(List.of(Layout.NCHW, Layout.NHWC))) {
      Geometry tried = new Geometry(layout, any.channels(), any.height(), any.width());
      if (ImageForm.of(tried.card(), port.shape()).isPresent()) {
        return Optional.of(tried);
      }
    }
    return Optional.empty();
  }

  private Optional<Geometry> usual(List<Dimension> axes) {
    Optional<Layout> said = draft.input().layout();
    boolean first = said.isEmpty() || said.get() == Layout.NCHW;
    boolean last = said.isEmpty() || said.get() == Layout.NHWC;
    if (axes.size() == 4 && first && isChannels(axes.get(1))) {
      return Optional.of(geometry(Layout.NCHW, axes.get(1).size(), axes.get(2), axes.get(3)));
    }
    if (axes.size() == 4 && last && isChannels(axes.get(3))) {
      return Optional.of(geometry(Layout.NHWC, axes.get(3).size(), axes.get(1), axes.get(2)));
    }
    return isGrey(axes)
        ? Optional.of(geometry(Layout.NCHW, 1, axes.get(1), axes.get(2)))
        : Optional.empty();
  }

  private static Geometry geometry(
      Layout layout, long channels, Dimension height, Dimension width) {
    return new Geometry(layout, Math.toIntExact(channels), extent(height), extent(width));
  }

  private static Extent extent(Dimension dimension) {
    return dimension.isFixed() ? Extent.of(Math.toIntExact(dimension.size())) : Extent.ANY;
  }

  private boolean isChannels(Dimension axis) {
    return draft
        .input()
        .channels()
        .map(channels -> axis.size() == channels)
        .orElseGet(() -> USUAL_CHANNELS.contains(axis.size()));
  }

  /** Three axes are grey squares if the first one cannot be the channels. */
  private static boolean isGrey(List<Dimension> axes) {
    return axes.size() == 3
        && (!axes.get(0).isFixed() || axes.get(0).size() == 1)
        && axes.get(1).size() > 1
        && axes.get(1).equals(axes.get(2));
  }

  /** Takes the shape of the images that the model will be given, if the graph can hold them. */
  private Optional<Geometry> hinted() {
    return draft
        .images()
        .flatMap(
            image ->
                fitting(
                        new Geometry(
                            Layout.NCHW,
                            image.channels(),
                            Extent.of(image.height()),
                            Extent.of(image.width())))
                    .map(found -> assumed(found, image)));
  }

  private Geometry assumed(Geometry found, ImageShape image) {
    boolean ambiguous =
        draft.input().layout().isEmpty()
            && image.channels() > 1
            && image.pixels() > 1
            && ImageForm.of(other(found).card(), port.shape()).isPresent();
    String text =
        "Model '"
            + draft.name()
            + "' takes "
            + Axes.describe(port)
            + ": these are taken for the images of "
            + image
            + " (channels x height x width) that the data set holds";
    if (ambiguous) {
      doubts.add(
          new TrustFlag(
              TrustFlag.ASSUMED_INPUT,
              text
                  + ", channel by channel (NCHW); the file does not tell whether a pixel's channels"
                  + " are next to each other instead. Say it by input.layout of its card ("
                  + BareModel.CARD_COMMAND
                  + ")."));
    } else {
      notices.add(text + ".");
    }
    return found;
  }

  private static Geometry other(Geometry found) {
    Layout other = found.layout() == Layout.NCHW ? Layout.NHWC : Layout.NCHW;
    return new Geometry(other, found.channels(), found.height(), found.width());
  }

  /**
   * Takes the graph's own axes where nothing tells an image's: flat values as channels of one
   * pixel. Gradients need no geometry.
   */
  private Optional<Geometry> ownAxes(List<Dimension> axes) {
    if (draft.images().isPresent() || axes.isEmpty()) {
      return Optional.empty();
    }
    boolean alone = axes.size() == 1;
    List<Dimension> image = alone ? axes : axes.subList(1, axes.size());
    if (!image.stream().allMatch(Dimension::isFixed)) {
      return Optional.empty();
    }
    shapeTold = false;
    if (image.size() == IMAGE_AXES) {
      return Optional.of(geometry(Layout.NCHW, image.get(0).size(), image.get(1), image.get(2)));
    }
    long features = image.stream().mapToLong(Dimension::size).reduce(1, Math::multiplyExact);
    return features <= Integer.MAX_VALUE
        ? Optional.of(new Geometry(Layout.NCHW, (int) features, Extent.of(1), Extent.of(1)))
        : Optional.empty();
  }

  /** Lets what the card says of single sizes count for more; the card check tells differences. */
  private Geometry corrected(Geometry found) {
    CardDraft.Input card = draft.input();
    return new Geometry(
        card.layout().orElse(found.layout()),
        card.channels().orElse(found.channels()),
        card.height().orElse(found.height()),
        card.width().orElse(found.width()));
  }

  private Order order(Geometry found, PixelScale scale) {
    if (draft.input().order().isPresent() || found.channels() != COLOURS) {
      return draft.input().order().orElse(Order.RGB);
    }
    if (scale.order().equals(Optional.of(Order.BGR))) {
      notices.add(
          "Model '"
              + draft.name()
              + "' subtracts ImageNet's means, blue first: its channels are taken as blue, green,"
              + " red. If they are not, write order: rgb on its card ("
              + BareModel.CARD_COMMAND
              + ").");
    }
    return scale.order().orElse(Order.RGB);
  }
}
