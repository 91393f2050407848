package io.hone.onnx.gradientcheck;

/**
 * One feature of one image, judged.
 *
 * @param image counted from 0
 * @param feature of the image, counted from 0
 * @param gradient what was claimed
 * @param quotient what the function does: its central difference quotient
 * @param error distance of the two, as a part of the largest slope of the image; infinite where the
 *     gradient is no finite number
 */
public record JudgedFeature(
    int image, int feature, double gradient, double quotient, double error) {}
