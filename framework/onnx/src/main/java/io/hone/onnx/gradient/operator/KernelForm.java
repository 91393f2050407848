package io.hone.onnx.gradient.operator;

import java.util.List;
import java.util.stream.Stream;

/** How the gradient of a convolution to its kernel can be written. */
public enum KernelForm {
  /** 1 x 1 kernels on planes of many pixels: a matrix product for each image. */
  POINT_PRODUCT(new PointProduct()),
  /** Depthwise kernels of unit stride: blocks of channels, of which the diagonal is kept. */
  CHANNEL_BLOCKS(new ChannelBlocks()),
  /** The image slides over the gradient, whose channels are side by side. */
  WIDE_GRADIENT(new WideGradient()),
  /** The gradient slides over the image, whose channels are side by side. */
  WIDE_IMAGE(new WideImage()),
  /** The gradient slides over the image, batch and channels exchanged: holds for everything. */
  EXCHANGED_AXES(new ExchangedAxes());

  private final KernelFormulation formulation;

  KernelForm(KernelFormulation formulation) {
    this.formulation = formulation;
  }

  KernelFormulation formulation() {
    return formulation;
  }

  /** Returns the form that is fastest by measurement; see the module's README. */
  static KernelForm fastest(KernelSlopes slopes) {
    return candidates(slopes)
        .filter(form -> form.formulation.fits(slopes))
        .findFirst()
        .orElse(EXCHANGED_AXES);
  }

  private static Stream<KernelForm> candidates(KernelSlopes slopes) {
    boolean narrowGradient = slopes.knowsChannels() && slopes.channelsOut() < slopes.channelsIn();
    List<KernelForm> wide =
        narrowGradient ? List.of(WIDE_GRADIENT, WIDE_IMAGE) : List.of(WIDE_IMAGE);
    return Stream.concat(Stream.of(POINT_PRODUCT, CHANNEL_BLOCKS), wide.stream());
  }
}
