package io.hone.dl4j.backend;

import io.hone.api.BadInputException;
import io.hone.api.GitLfsPointer;
import io.hone.dl4j.samediff.Inference;
import io.hone.dl4j.samediff.NativeMemory;
import io.hone.dl4j.samediff.QuietOutput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A SameDiff network read from a file, with a vector-Jacobian product added to it.
 *
 * <p>nd4j's networks are not safe to call from several threads, so each call waits for the one
 * before. Images go through in parts of one size, the last one filled up: how a matrix product
 * rounds depends on its size, and a row's result may not depend on its batch.
 */
final class SavedNetwork {
  private static final int PART = Inference.PART;
  private static final String ANCHOR = "hone.anchor";
  private static final String COTANGENT = "hone.cotangent";
  private static final String PRODUCT = "hone.product";

  private final SameDiff graph;
  private final String image;
  private final String output;
  private final NativeMemory memory = new NativeMemory();
  private boolean differentiated;

  private SavedNetwork(SameDiff graph, String image, String output) {
    this.graph = graph;
    this.image = image;
    this.output = output;
  }

  /**
   * Reads a network.
   *
   * @param inputName the placeholder for images; empty for the only one
   * @param outputName the variable to be returned; a file does not tell it
   * @throws BadInputException if the file is no SameDiff network, or has no such variables
   */
  static SavedNetwork read(Path file, Optional<String> inputName, String outputName) {
    SameDiff graph = load(file);
    List<String> inputs = graph.inputs();
    String image =
        inputName.orElseGet(
            () -> {
              if (inputs.size() != 1) {
                throw new BadInputException(
                    file
                        + ": has the inputs "
                        + inputs
                        + "; write a model.yaml beside it that says input.name");
              }
              return inputs.get(0);
            });
    if (!inputs.contains(image)) {
      throw new BadInputException(
          file + ": has no input '" + image + "', only " + inputs + "; correct input.name");
    }
    if (!graph.hasVariable(outputName)) {
      throw new BadInputException(
          file
              + ": has no variable '"
              + outputName
              + "'; write a model.yaml beside it whose output.name is one of "
              + graph.variables().stream().map(SDVariable::name).toList());
    }
    return new SavedNetwork(graph, image, outputName);
  }

  private static SameDiff load(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException(file + ": there is no such file; correct the model's path");
    }
    GitLfsPointer.refuse(file);
    try {
      SameDiff graph = QuietOutput.during(() -> SameDiff.load(file.toFile(), false));
      if (!graph.variables().isEmpty()) {
        return graph;
      }
    } catch (RuntimeException e) {
      throw unreadable(file, e);
    }
    throw unreadable(file, null);
  }

  private static BadInputException unreadable(Path file, RuntimeException cause) {
    return new BadInputException(
        file + ": this is no SameDiff network; save it with SameDiff.save, or train it anew",
        cause);
  }

  /** Returns the shape that the images' placeholder asks for; negative where any size will do. */
  long[] imageShape() {
    return graph.getVariable(image).placeholderShape();
  }

  String image() {
    return image;
  }

  /** Returns the network's output for images, row by row. */
  synchronized float[] run(float[] images, long... shape) {
    return inParts(
        (int) shape[0],
        from -> graph.outputSingle(Map.of(image, part(images, from, shape)), output));
  }

  /** Returns the shape of the network's output for as many images as one wants. */
  synchronized long[] outputShape(long... shape) {
    float[] blank = new float[PART * rowSize(shape)];
    return graph.outputSingle(Map.of(image, part(blank, 0, shape)), output).shape();
  }

  /** Returns whether SameDiff finds a gradient to the images. */
  synchronized boolean differentiable(long... shape) {
    float[] blank = new float[PART * rowSize(shape)];
    return gradient(part(blank, 0, shape), Nd4j.zeros(DataType.FLOAT, outputShape(shape))) != null;
  }

  /**
   * Returns the gradient of {@code sum(output * cotangent)} to the images, row by row.
   *
   * @param cotangent one number per image and class
   */
  synchronized float[] gradient(float[] images, float[] cotangent, int classes, long... shape) {
    return inParts(
        (int) shape[0],
        from -> gradient(part(images, from, shape), part(cotangent, from, shape[0], classes)));
  }

  private INDArray gradient(INDArray images, INDArray cotangent) {
    if (!differentiated) {
      differentiate();
      differentiated = true;
    }
    return graph.calculateGradients(Map.of(image, images, COTANGENT, cotangent), image).get(image);
  }

  private float[] inParts(int rows, IntFunction<INDArray> run) {
    float[] whole = new float[0];
    for (int from = 0; from < rows; from += PART) {
      memory.bound();
      float[] part = run.apply(from).dup('c').data().asFloat();
      int rowSize = part.length / PART;
      if (whole.length == 0) {
        whole = new float[rows * rowSize];
      }
      System.arraycopy(part, 0, whole, from * rowSize, Math.min(PART, rows - from) * rowSize);
    }
    return whole;
  }

  private static INDArray part(float[] rows, int from, long... shape) {
    int rowSize = rowSize(shape);
    float[] part = new float[PART * rowSize];
    int length = Math.min(part.length, rows.length - from * rowSize);
    System.arraycopy(rows, from * rowSize, part, 0, length);
    long[] axes = shape.clone();
    axes[0] = PART;
    return Nd4j.create(part, axes, 'c');
  }

  private static int rowSize(long... shape) {
    return (int) Arrays.stream(shape).skip(1).reduce(1, Math::multiplyExact);
  }

  private void differentiate() {
    anchorImages();
    SDVariable cotangent = graph.placeHolder(COTANGENT, DataType.FLOAT);
    graph.getVariable(output).mul(cotangent).sum(PRODUCT);
    graph.setLossVariables(PRODUCT);
    QuietOutput.during(
        () -> {
          graph.createGradFunction(image);
          return null;
        });
  }

  /**
   * Adds a zero to the images: where they first meet constants or a permutation, SameDiff would
   * find no gradient to them, and say nothing.
   */
  private void anchorImages() {
    List<SameDiffOp> readers =
        graph.getOps().values().stream().filter(op -> op.getInputsToOp().contains(image)).toList();
    SDVariable zero = graph.var(ANCHOR, Nd4j.zeros(DataType.FLOAT, 1));
    SDVariable anchored = graph.getVariable(image).add(zero);
    for (SameDiffOp reader : readers) {
      int position = reader.getInputsToOp().indexOf(image);
      graph.replaceArgFor(position, anchored, reader.getOp());
    }
  }
}
