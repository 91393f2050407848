package io.hone.testkit.guide;

import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.LogitLoss;
import io.hone.api.model.Loss;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Logits {@code W x + b} of a network in training: attacks may ask it for gradients. */
final class LinearNetwork implements DifferentiableClassifier {
  private final ImageShape shape;
  private final double[][] weights;
  private final double[] biases;

  LinearNetwork(ImageShape shape, int classes) {
    this.shape = shape;
    this.weights = new double[classes][shape.features()];
    this.biases = new double[classes];
  }

  @Override
  public int classes() {
    return biases.length;
  }

  @Override
  public boolean accepts(ImageShape other) {
    return shape.equals(other);
  }

  @Override
  public Tensor logits(ImageBatch images) {
    Tensor logits = Tensor.zeros(images.size(), biases.length);
    for (int row = 0; row < images.size(); row++) {
      float[] image = images.pixels().row(row);
      for (int label = 0; label < biases.length; label++) {
        double sum = biases[label];
        for (int feature = 0; feature < image.length; feature++) {
          sum += weights[label][feature] * image[feature];
        }
        logits.set(row, label, (float) sum);
      }
    }
    return logits;
  }

  @Override
  public Tensor vjp(ImageBatch images, Tensor cotangent) {
    Tensor gradient = Tensor.images(images.size(), shape);
    for (int row = 0; row < images.size(); row++) {
      for (int feature = 0; feature < shape.features(); feature++) {
        double sum = 0;
        for (int label = 0; label < biases.length; label++) {
          sum += cotangent.get(row, label) * weights[label][feature];
        }
        gradient.set(row, feature, (float) sum);
      }
    }
    return gradient;
  }

  /** Takes one step against the gradient of the mean cross-entropy. */
  void step(ImageBatch images, int[] labels, double rate) {
    Tensor logits = logits(images);
    for (int row = 0; row < images.size(); row++) {
      float[] image = images.pixels().row(row);
      float[] slopes =
          LogitLoss.of(Loss.crossEntropy(true), logits.row(row), labels[row]).gradient();
      for (int label = 0; label < slopes.length; label++) {
        double move = rate * slopes[label] / images.size();
        biases[label] -= move;
        for (int feature = 0; feature < image.length; feature++) {
          weights[label][feature] -= move * image[feature];
        }
      }
    }
  }

  /** Writes a checkpoint, which replaces the one before only once it is whole. */
  void write(Path checkpoint, int epochs) throws IOException {
    Path part = checkpoint.resolveSibling(checkpoint.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
      out.writeInt(epochs);
      for (int label = 0; label < biases.length; label++) {
        out.writeDouble(biases[label]);
        for (double weight : weights[label]) {
          out.writeDouble(weight);
        }
      }
    }
    Files.move(
        part, checkpoint, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Reads a checkpoint; returns the number of its epochs. */
  int read(Path checkpoint) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(checkpoint)))) {
      int epochs = in.readInt();
      for (int label = 0; label < biases.length; label++) {
        biases[label] = in.readDouble();
        for (int feature = 0; feature < weights[label].length; feature++) {
          weights[label][feature] = in.readDouble();
        }
      }
      return epochs;
    }
  }

  /** Returns the network as the bytes of an ONNX file: Flatten, then Gemm. */
  byte[] onnx(String name) {
    return LinearOnnx.model(name, shape, weights, biases);
  }
}
