package io.hone.dl4j.samediff;

import io.hone.network.Network;
import io.hone.network.WeightSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.api.OutAndGrad;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * A network that learns, with Adam (Kingma and Ba 2015) at its usual decay rates. Used by one
 * thread.
 */
public final class TrainingGraph {
  private static final String IMAGE = "image";
  private static final String TARGET = "target";

  /** How much of a statistic's moving average one batch replaces. */
  private static final float STATISTICS_MOMENTUM = 0.05f;

  private final SameDiff graph = SameDiff.create();
  private final WeightArrays weights;
  private final List<String> trainable;
  private final String output;
  private final List<String> outputs = new ArrayList<>();
  private final List<String> statistics;
  private final Map<String, AdamUpdater> optimizers = new LinkedHashMap<>();
  private final NativeMemory memory = new NativeMemory();
  private final RecycledArrays learning = new RecycledArrays();
  private final RecycledArrays looking = new RecycledArrays();
  private int steps;

  /** Creates a network that goes on learning from a state. */
  public TrainingGraph(Network network, Objective objective, TrainingState state) {
    SupportedLayers.require(network);
    weights = new WeightArrays(network, state.weights());
    trainable =
        network.weights().stream().filter(WeightSpec::trainable).map(WeightSpec::name).toList();
    steps = state.steps();
    for (String name : trainable) {
      optimizers.put(name, optimizer(name, state));
    }
    SDVariable image =
        graph.placeHolder(IMAGE, DataType.FLOAT, SameDiffEmitter.batchShape(network.input()));
    long[] targetShape =
        network.output().pixels() == 1
            ? new long[] {-1, network.output().channels()}
            : SameDiffEmitter.batchShape(network.output());
    SDVariable target = graph.placeHolder(TARGET, DataType.FLOAT, targetShape);
    SameDiffEmitter emitter = new SameDiffEmitter(graph, Mode.TRAINING, weights.byName());
    SDVariable made = network.emit(emitter, image);
    output = made.name();
    SDVariable loss = objective.loss(graph, emitter.raw(), made, target);
    graph.setLossVariables(loss);
    outputs.add(loss.name());
    statistics = emitter.statistics();
    outputs.addAll(statistics);
    QuietOutput.during(
        () -> {
          graph.createGradFunction(trainable.toArray(String[]::new));
          return null;
        });
  }

  private AdamUpdater optimizer(String name, TrainingState state) {
    AdamUpdater optimizer = new AdamUpdater(new Adam());
    INDArray like = weights.byName().get(name);
    optimizer.setM(array(state.firstMoments().get(name), like));
    optimizer.setV(array(state.secondMoments().get(name), like));
    return optimizer;
  }

  private static INDArray array(float[] values, INDArray like) {
    return Nd4j.create(values.clone(), like.shape(), 'c');
  }

  /**
   * Makes one step. A loss that is no finite number leaves the network as it was.
   *
   * @param rate Adam's step size
   * @param decay how much of each kernel and matrix is taken off, times the rate: decoupled weight
   *     decay, Loshchilov and Hutter 2019
   * @return the batch's loss before the step
   */
  public double step(Minibatch batch, double rate, double decay) {
    memory.bound();
    OutAndGrad result = evaluate(batch);
    double loss = result.getOutputs().get(outputs.get(0)).getDouble(0);
    if (!Double.isFinite(loss)) {
      return loss;
    }
    for (String name : trainable) {
      update(name, result.getGradients().get(name), rate, decay);
    }
    for (String name : statistics) {
      String weight = name.substring(0, name.length() - SameDiffEmitter.OF_BATCH.length());
      INDArray moving = weights.byName().get(weight);
      moving.addi(result.getOutputs().get(name).sub(moving).muli(STATISTICS_MOMENTUM));
    }
    steps++;
    return loss;
  }

  /**
   * Returns what the network makes of a batch as it is, with the batch's own statistics: what the
   * next {@link #step} on the same batch starts from.
   */
  public INDArray output(Minibatch batch) {
    Map<String, INDArray> feed = new HashMap<>(batch.masks());
    feed.put(IMAGE, batch.images());
    looking.serve(graph, batch.images().size(0));
    return graph.outputSingle(feed, output);
  }

  /** Returns loss and statistics of a batch, and the loss's gradient to every learned weight. */
  OutAndGrad evaluate(Minibatch batch) {
    Map<String, INDArray> feed = new HashMap<>(batch.masks());
    feed.put(IMAGE, batch.images());
    feed.put(TARGET, batch.targets());
    learning.serve(graph.getFunction("grad"), batch.images().size(0));
    return graph.calculateGradientsAndOutputs(feed, outputs, trainable);
  }

  private void update(String name, INDArray gradient, double rate, double decay) {
    if (gradient == null) {
      throw new IllegalStateException("SameDiff returned no gradient for " + name);
    }
    INDArray weight = weights.byName().get(name);
    AdamUpdater optimizer = optimizers.get(name);
    optimizer.getConfig().setLearningRate(rate);
    INDArray update = gradient.dup('c');
    optimizer.applyUpdater(update, steps, 0);
    if (decay > 0 && weight.rank() > 1) {
      weight.muli(1 - rate * decay);
    }
    weight.subi(update);
  }

  /** Returns a copy of everything that the next step depends on. */
  public TrainingState state() {
    Map<String, float[]> first = new LinkedHashMap<>();
    Map<String, float[]> second = new LinkedHashMap<>();
    optimizers.forEach(
        (name, optimizer) -> {
          first.put(name, WeightArrays.values(optimizer.getM()));
          second.put(name, WeightArrays.values(optimizer.getV()));
        });
    return new TrainingState(weights.weights(), first, second, steps);
  }
}
