package io.hone.dl4j.backend;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelCard.Layout;
import io.hone.api.model.ModelCard.OutputKind;
import io.hone.api.model.ModelCard.Range;
import io.hone.api.model.Task;
import io.hone.dl4j.samediff.EveryLayer;
import io.hone.dl4j.samediff.InferenceGraph;
import io.hone.dl4j.samediff.Nd4jStart;
import io.hone.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Small saved networks and their cards. */
final class SavedModels {
  static final ImageShape SHAPE = new ImageShape(3, 6, 8);
  static final int CLASSES = 4;

  private SavedModels() {}

  /** A classifier as a trainer saves it. */
  static ModelCard classifier(Path folder) {
    Nd4jStart.load();
    Network network = EveryLayer.classifier(SHAPE, CLASSES);
    Path file = folder.resolve("classifier.sd");
    new InferenceGraph(network, EveryLayer.weights(network, 3, 0.5)).save(file);
    return card(file, Task.CLASSIFIER, Layout.NHWC, OutputKind.LOGITS, "output");
  }

  /** An autoencoder as a trainer saves it. */
  static ModelCard autoencoder(Path folder) {
    Nd4jStart.load();
    Network network = EveryLayer.autoencoder(SHAPE);
    Path file = folder.resolve("autoencoder.sd");
    new InferenceGraph(network, EveryLayer.weights(network, 4, 0.5)).save(file);
    return card(file, Task.IMAGE_TO_IMAGE, Layout.NHWC, OutputKind.IMAGE, "output");
  }

  /**
   * A network made elsewhere: channels first, permuted before anything else, and of constants only.
   */
  static ModelCard foreign(Path folder, boolean probabilities) {
    Nd4jStart.load();
    Nd4j.getRandom().setSeed(6);
    SameDiff graph = SameDiff.create();
    SDVariable image =
        graph.placeHolder(
            "pixels", DataType.FLOAT, -1, SHAPE.channels(), SHAPE.height(), SHAPE.width());
    SDVariable rows = graph.reshape(graph.permute(image, 0, 2, 3, 1), -1, SHAPE.features());
    SDVariable matrix =
        graph.constant(
            "matrix", Nd4j.rand(DataType.FLOAT, SHAPE.features(), CLASSES).subi(0.5).muli(0.3));
    SDVariable scores = graph.mmul("scores", graph.math().tanh(rows), matrix);
    if (probabilities) {
      graph.nn().softmax("chances", scores, 1);
    }
    Path file = folder.resolve(probabilities ? "softmax.sd" : "foreign.sd");
    graph.save(file.toFile(), false);
    return card(
        file,
        Task.CLASSIFIER,
        Layout.NCHW,
        probabilities ? OutputKind.PROBABILITIES : OutputKind.LOGITS,
        probabilities ? "chances" : "scores");
  }

  static ModelCard card(Path file, Task task, Layout layout, OutputKind kind, String output) {
    return new ModelCard(
        "saved",
        file,
        "",
        task,
        new ModelCard.Input(
            Optional.empty(),
            layout,
            SHAPE.channels(),
            Optional.of(SHAPE.height()),
            Optional.of(SHAPE.width()),
            Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(
            Optional.of(output), kind, task == Task.CLASSIFIER ? CLASSES : 0, List.of()),
        Map.of());
  }
}
