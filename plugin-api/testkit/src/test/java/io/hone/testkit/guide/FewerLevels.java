package io.hone.testkit.guide;

import io.hone.api.Defense;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.run.Run;
import org.pf4j.Extension;

/** Leaves few grey levels before the classifier sees the image. */
@Named(
    id = "fewer-levels",
    summary = "Leaves few grey levels before the classifier sees the image.",
    example = "{levels: 4}")
@Extension
public final class FewerLevels implements Defense<FewerLevels.Params> {
  /** Parameters of the defense. */
  public record Params(
      @Param(value = "Number of grey levels that are left.", def = "8", min = 2, max = 256)
          int levels) {}

  @Override
  public Classifier protect(Params parameters, Classifier base, Run run) {
    return new Protected(base, parameters.levels());
  }

  private record Protected(Classifier base, int levels) implements RecoveringClassifier {
    @Override
    public int classes() {
      return base.classes();
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return base.accepts(shape);
    }

    @Override
    public Tensor logits(ImageBatch images) {
      return base.logits(coarse(images));
    }

    @Override
    public ImageBatch recover(ImageBatch images) {
      ImageBatch recovered = coarse(images);
      // A defense behind this one recovers what this one made.
      return base instanceof RecoveringClassifier next ? next.recover(recovered) : recovered;
    }

    private ImageBatch coarse(ImageBatch images) {
      Tensor pixels = images.pixels().copy();
      for (int row = 0; row < pixels.rows(); row++) {
        for (int feature = 0; feature < pixels.rowSize(); feature++) {
          float level = Math.round(pixels.get(row, feature) * (levels - 1));
          pixels.set(row, feature, level / (levels - 1));
        }
      }
      return images.with(pixels);
    }
  }
}
