package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.DatasetProvider;
import io.hone.api.DatasetRequest;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.scenario.binding.ComponentParameters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Opens images in NumPy files for one model, and finds what does not fit it. */
final class LabelledImages {
  private static final String PROVIDER = "numpy";

  private LabelledImages() {}

  /**
   * Opens images and, if given, their labels.
   *
   * @throws BadInputException naming the file and what does not fit the model
   */
  static Dataset open(
      ComponentRegistry registry, Path images, Optional<Path> labels, ModelCard card, Run run) {
    InstalledComponent<DatasetProvider<Record>> provider =
        registry
            .<DatasetProvider<Record>>find(ComponentKind.DATASET, PROVIDER)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "the plugin that reads NumPy files is missing; put hone-datasets back into"
                            + " the plugins folder"));
    BoundComponent<DatasetProvider<Record>> bound =
        new ComponentParameters(registry).bind(provider, parameters(images, labels));
    Dataset data = bound.instance().open(bound.parameters(), DatasetRequest.of(card), run);
    try {
      checkShape(data.shape(), images, card);
      data.check(0, data.size());
      if (labels.isPresent()) {
        checkLabels(data, labels.get(), card.output().classes());
      }
      return data;
    } catch (RuntimeException e) {
      data.close();
      throw e;
    }
  }

  /** Returns a YAML flow mapping: JSON is one, whatever characters a path has. */
  private static String parameters(Path images, Optional<Path> labels) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("images", images.toAbsolutePath().toString());
    labels.ifPresent(file -> parameters.put("labels", file.toAbsolutePath().toString()));
    return JsonMapper.shared().writeValueAsString(parameters);
  }

  private static void checkShape(ImageShape given, Path images, ModelCard card) {
    ModelCard.Input wanted = card.input();
    if (given.channels() != wanted.channels()
        || wanted.height().filter(height -> height != given.height()).isPresent()
        || wanted.width().filter(width -> width != given.width()).isPresent()) {
      throw new BadInputException(
          images
              + " holds images of "
              + given
              + ", but the model '"
              + card.name()
              + "' takes "
              + wanted.sizes()
              + " (channels x height x width)");
    }
  }

  private static void checkLabels(Dataset data, Path labels, int classes) {
    for (long position = 0; position < data.size(); position++) {
      if (data.label(position) >= classes) {
        throw new BadInputException(
            labels
                + " gives image "
                + position
                + " the label "
                + data.label(position)
                + ", but the model has the classes 0 to "
                + (classes - 1));
      }
    }
  }
}
