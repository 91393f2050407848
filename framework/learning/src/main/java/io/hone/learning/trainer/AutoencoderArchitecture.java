package io.hone.learning.trainer;

import io.hone.learning.network.architecture.DenoisingAutoencoder;
import io.hone.learning.network.architecture.StackedConvolutionalAutoencoder;
import io.hone.learning.network.architecture.TransformationAutoencoder;
import io.hone.network.Architecture;

/** The image-to-image architectures that a scenario can name. */
public enum AutoencoderArchitecture {
  /** See {@link StackedConvolutionalAutoencoder}. */
  STACKED_CONV(new StackedConvolutionalAutoencoder()),
  /** See {@link DenoisingAutoencoder}. */
  DENOISER(new DenoisingAutoencoder()),
  /** See {@link TransformationAutoencoder}. */
  TRANSFORMATION(new TransformationAutoencoder());

  private final Architecture architecture;

  AutoencoderArchitecture(Architecture architecture) {
    this.architecture = architecture;
  }

  Architecture architecture() {
    return architecture;
  }
}
