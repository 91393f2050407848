package io.hone.onnx.gradient;

import io.hone.onnx.graph.OnnxModel;

/**
 * A graph that returns logits, loss and gradient in one pass, and the names to feed and fetch.
 *
 * @param model of opset 18
 * @param image the input that is differentiated, float, named and shaped as in the original model
 * @param lossInput the classes, 64-bit integers {@code [N]}, each from 0 to K - 1; for {@link
 *     AttackLoss.Cotangent} the cotangent, float {@code [N, K]}
 * @param logits output, float {@code [N, K]}
 * @param loss output, float {@code [N]}: each image's own loss
 * @param gradient output, float, shaped as the image: of each image's own loss to that image
 */
public record DifferentiatedModel(
    OnnxModel model, String image, String lossInput, String logits, String loss, String gradient) {}
