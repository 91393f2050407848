package io.hone.plugins.generative;

import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.model.ModelReference;
import io.hone.api.model.Task;
import io.hone.testkit.TestRun;
import io.hone.testkit.model.FeatureTransformer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Generators for tests, as runs hand them out. */
final class Generators {
  static final ModelReference MODEL = new ModelReference(Path.of("generator"));

  private Generators() {}

  /**
   * Returns a run with a generator.
   *
   * @param training section of its card
   */
  static TestRun run(
      long seed,
      ImageShape shape,
      Map<String, Object> training,
      FeatureTransformer.Function function) {
    return new TestRun(seed)
        .with(MODEL, new FeatureTransformer(shape, function))
        .with(MODEL, card(shape, training));
  }

  private static ModelCard card(ImageShape shape, Map<String, Object> training) {
    return new ModelCard(
        "generator",
        Path.of("generator/model.onnx"),
        "00",
        Task.IMAGE_TO_IMAGE,
        new ModelCard.Input(
            Optional.empty(),
            ModelCard.Layout.NCHW,
            shape.channels(),
            Optional.of(shape.height()),
            Optional.of(shape.width()),
            ModelCard.Range.UNIT,
            List.of(),
            List.of()),
        new ModelCard.Output(Optional.empty(), ModelCard.OutputKind.IMAGE, 0, List.of()),
        training);
  }
}
