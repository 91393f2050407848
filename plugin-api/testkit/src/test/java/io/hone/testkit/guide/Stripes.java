package io.hone.testkit.guide;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Run;
import java.util.List;
import org.pf4j.Extension;

/** Images of stripes, as large as the model wants them. */
@Named(
    id = "stripes",
    summary = "Makes images of horizontal and of vertical stripes.",
    example = "{count: 20}")
@Extension
public final class Stripes implements DatasetProvider<Stripes.Params> {
  private static final int SIZE = 28;

  /** Parameters of the data set. */
  public record Params(
      @Param(value = "Number of images.", def = "100", min = 2, max = 1_000_000) int count) {}

  @Override
  public Dataset open(Params parameters, DatasetRequest request, Run run) {
    if (request.classes().filter(classes -> classes < 2).isPresent()) {
      throw new BadInputException(
          "stripes have 2 classes, but the model has 1; choose a model of 2 classes or more");
    }
    ImageShape shape =
        new ImageShape(
            request.channels().orElse(1),
            request.height().orElse(SIZE),
            request.width().orElse(SIZE));
    return new Striped(shape, parameters.count());
  }

  private record Striped(ImageShape shape, long size) implements Dataset {
    @Override
    public List<String> classNames() {
      return List.of("horizontal", "vertical");
    }

    @Override
    public int label(long position) {
      return (int) (position % 2);
    }

    @Override
    public void read(long position, Tensor into, int[] labels) {
      for (int row = 0; row < labels.length; row++) {
        labels[row] = label(position + row);
        long phase = (position + row) / 2;
        for (int feature = 0; feature < shape.features(); feature++) {
          int place = feature % shape.pixels();
          long line = labels[row] == 0 ? place / shape.width() : place % shape.width();
          into.set(row, feature, (line + phase) % 4 < 2 ? 0 : 1);
        }
      }
    }

    @Override
    public String fingerprint() {
      return "stripes of " + shape + ", " + size;
    }
  }
}
