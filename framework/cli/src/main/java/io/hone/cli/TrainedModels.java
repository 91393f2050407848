package io.hone.cli;

import io.hone.api.model.ModelCard;
import io.hone.cli.install.Installation;
import io.hone.cli.text.TextTable;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The models of a matrix of trainings, with their figures side by side.
 *
 * @param rows figures by their names, by the name of the model's folder
 * @param folder that holds the models' folders
 */
record TrainedModels(Map<String, Map<String, Object>> rows, Path folder) {
  private static final String FIGURES = "figures";

  /** Collects the figures of some cards, at least one. */
  static TrainedModels of(List<ModelCard> cards) {
    Map<String, Map<String, Object>> rows = new LinkedHashMap<>();
    for (ModelCard card : cards) {
      Map<String, Object> figures = new TreeMap<>();
      // Numbers beside the figures tell how a trainer chose what it was not given.
      card.training()
          .forEach(
              (name, value) -> {
                if (value instanceof Double) {
                  figures.put(name, value);
                }
              });
      if (card.training().get(FIGURES) instanceof Map<?, ?> told) {
        told.forEach((name, value) -> figures.put(name.toString(), value));
      }
      rows.put(card.file().getParent().getFileName().toString(), figures);
    }
    return new TrainedModels(rows, cards.get(0).file().getParent().getParent());
  }

  /** Prints a table of all figures, a row for each model. */
  void show(PrintStream out) {
    out.println("models: " + Installation.shown(folder));
    Set<String> names = new LinkedHashSet<>();
    rows.values().forEach(figures -> names.addAll(figures.keySet()));
    List<String> header = new ArrayList<>(List.of("model"));
    header.addAll(names);
    TextTable table = new TextTable(true, header.toArray(String[]::new));
    rows.forEach(
        (model, figures) -> {
          List<String> row = new ArrayList<>(List.of(model));
          names.forEach(name -> row.add(cell(figures.getOrDefault(name, "-"))));
          table.add(row);
        });
    table.print(out);
  }

  /** A few digits are enough to compare models; the cards have all of them. */
  private static String cell(Object figure) {
    if (!(figure instanceof Number number)) {
      return figure.toString();
    }
    double value = number.doubleValue();
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
