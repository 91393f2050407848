package io.hone.training;

import io.hone.api.model.ModelCard;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes a page about a finished training beside the card of its model. */
@FunctionalInterface
public interface TrainingPage {
  /** The name of the page's file in the folder of the model. */
  String FILE_NAME = "training.html";

  /**
   * Writes the page.
   *
   * @param card of the finished model
   * @param history figures of each epoch by name, the first epoch first; at least one epoch
   * @param file to write, in an existing folder
   * @throws IOException if the file cannot be written
   */
  void write(ModelCard card, List<Map<String, Double>> history, Path file) throws IOException;
}
