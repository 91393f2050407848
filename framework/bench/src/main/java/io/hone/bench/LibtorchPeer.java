package io.hone.bench;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.ParameterStore;
import com.sun.management.OperatingSystemMXBean;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.train.Examples;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The virtual machine of a {@link LibtorchTraining}: calls a step of training, written as
 * TorchScript, for batch after batch.
 */
final class LibtorchPeer {
  /** The name of the step's file, without its ending. */
  static final String MODEL = "step";

  private static final long SEED = 3;

  private final TrainingWorkload workload;
  private final Examples examples;
  private final Block step;
  private final NDManager manager;
  private final SplittableRandom random = new SplittableRandom(SEED);

  private LibtorchPeer(
      TrainingWorkload workload, Examples examples, Block step, NDManager manager) {
    this.workload = workload;
    this.examples = examples;
    this.step = step;
    this.manager = manager;
  }

  /**
   * What the process prints.
   *
   * @param seconds from the first batch gathered to the last one learned
   * @param cpuSeconds that all threads of the process computed meanwhile
   */
  record Epochs(double seconds, double cpuSeconds, double firstLoss, double lastLoss) {}

  /**
   * Trains and prints {@link Epochs}.
   *
   * @param arguments folder of the step, constant of {@link TrainingWorkload}, examples, epochs,
   *     steps that warm up
   */
  public static void main(String[] arguments) throws IOException, MalformedModelException {
    TrainingWorkload workload = TrainingWorkload.valueOf(arguments[1]);
    Examples examples = workload.examples(Integer.parseInt(arguments[2]));
    try (Model model = Model.newInstance(MODEL, "PyTorch")) {
      // Without it DJL marks the weights as fixed.
      model.load(Path.of(arguments[0]), MODEL, Map.of("trainParam", "true"));
      LibtorchPeer peer =
          new LibtorchPeer(workload, examples, model.getBlock(), model.getNDManager());
      // DJL loads for inference: no gradients, and normalizations by their running statistics.
      JniUtils.setGradMode(true);
      JniUtils.enableTrainingMode((PtSymbolBlock) model.getBlock());
      peer.warmUp(Integer.parseInt(arguments[4]));
      System.out.println(PeerFigures.write(peer.train(Integer.parseInt(arguments[3]))));
    }
  }

  private void warmUp(int steps) {
    int[] order = order();
    for (int made = 0; made < steps; made++) {
      learn(order, 0, Math.min(order.length, workload.batch()));
    }
  }

  private Epochs train(int epochs) {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double[] losses = new double[epochs];
    long start = System.nanoTime();
    long cpuStart = system.getProcessCpuTime();
    for (int epoch = 0; epoch < epochs; epoch++) {
      losses[epoch] = epoch();
    }
    long cpuEnd = system.getProcessCpuTime();
    long end = System.nanoTime();
    return new Epochs(
        (end - start) / 1e9, (cpuEnd - cpuStart) / 1e9, losses[0], losses[epochs - 1]);
  }

  private double epoch() {
    int[] order = order();
    double sum = 0;
    for (int from = 0; from < order.length; from += workload.batch()) {
      int to = Math.min(order.length, from + workload.batch());
      sum += (to - from) * learn(order, from, to);
    }
    return sum / order.length;
  }

  private int[] order() {
    int[] order = new int[examples.size()];
    for (int place = 0; place < order.length; place++) {
      int other = random.nextInt(place + 1);
      order[place] = order[other];
      order[other] = place;
    }
    return order;
  }

  /** Makes a step and returns the mean loss of its examples. */
  private float learn(int[] order, int from, int to) {
    try (NDManager batch = manager.newSubManager()) {
      ImageShape size = workload.shape();
      Shape shape = new Shape(to - from, size.channels(), size.height(), size.width());
      NDArray images = gathered(examples.inputs(), order, from, to, batch).reshape(shape);
      NDArray rows = gathered(examples.targets(), order, from, to, batch);
      NDArray targets =
          workload.classes() == 0
              ? rows.reshape(shape)
              : rows.reshape(to - from).toType(DataType.INT64, false);
      ParameterStore store = new ParameterStore(batch, false);
      NDList loss = step.forward(store, new NDList(images, targets), true);
      loss.attach(batch);
      return loss.singletonOrThrow().getFloat();
    }
  }

  private static NDArray gathered(Tensor source, int[] order, int from, int to, NDManager batch) {
    Tensor rows = source.select(Arrays.copyOfRange(order, from, to));
    return batch.create(rows.buffer(), new Shape(to - from, source.rowSize()), DataType.FLOAT32);
  }
}
