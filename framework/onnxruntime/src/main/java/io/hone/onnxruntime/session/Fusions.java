package io.hone.onnxruntime.session;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions;

/**
 * What ONNX Runtime must not fuse. A gradient reads what is inside such patterns, so its graph
 * keeps them; fused in a forward pass alone they would be rounded otherwise, quantised models by
 * whole steps, and logits would not be those that the gradient belongs to. Left apart they take 3 %
 * more of a transformer's time, and quantised convolutions a quarter less (measured with 1.28).
 */
final class Fusions {
  private static final String ROUNDED_OTHERWISE =
      String.join(
          ";",
          "BiasGeluFusion",
          "BiasSoftmaxFusion",
          "FastGeluFusion",
          "GeluFusionL1",
          "GeluFusionL2",
          "LayerNormFusionL1",
          "LayerNormFusionL2",
          "QuickGeluFusion",
          "SimplifiedLayerNormFusion",
          "SkipLayerNormFusion");

  private Fusions() {}

  static void disable(SessionOptions options) throws OrtException {
    options.addConfigEntry("optimization.disable_specified_optimizers", ROUNDED_OTHERWISE);
    options.addConfigEntry("session.disable_quant_qdq", "1");
  }
}
