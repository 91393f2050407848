package io.hone.network;

import io.hone.api.data.ImageShape;
import io.hone.api.stability.Stability;

/**
 * Makes blocks of pixels of channels: Shi et al. 2016. Channel {@code (c * scale + row) * scale +
 * column} becomes the pixel at that row and column of each block of channel {@code c}.
 *
 * @param scale rows and columns of a block, at least 2
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public record PixelShuffle(int scale) implements OneInput {
  /** Checks the scale. */
  public PixelShuffle {
    if (scale < 2) {
      throw new IllegalArgumentException("a block has at least 2 rows, not " + scale);
    }
  }

  @Override
  public String word() {
    return "shuffle";
  }

  @Override
  public Form form(Form input) {
    ImageShape in = input.images();
    if (in.channels() % (scale * scale) != 0) {
      throw new IllegalArgumentException(
          "takes a multiple of " + scale * scale + " channels, not " + in.channels());
    }
    return Form.image(
        in.channels() / (scale * scale),
        Math.multiplyExact(in.height(), scale),
        Math.multiplyExact(in.width(), scale));
  }

  @Override
  public <V> V emitOne(LayerEmitter<V> emitter, Stage stage, V input) {
    return emitter.pixelShuffle(stage, this, input);
  }

  @Override
  public String describe() {
    return "PixelShuffle " + scale + "x" + scale;
  }
}
