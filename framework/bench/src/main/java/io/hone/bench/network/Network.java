package io.hone.bench.network;

import io.hone.api.data.ImageShape;

/** A network that Hone and its peers run with the same weights. */
interface Network {
  /** Returns the shape of the images it takes. */
  ImageShape images();

  /** Returns it as an ONNX file that takes any number of images. */
  byte[] toOnnx();
}
