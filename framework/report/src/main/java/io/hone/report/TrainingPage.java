package io.hone.report;

import io.hone.api.model.ModelCard;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The page of a training, as the template shows it.
 *
 * @param style the style sheet
 * @param name of the model
 * @param ending how the training ended
 * @param facts what was trained, from what
 * @param tiles the figures that tell most of the model
 * @param charts curves by epoch
 * @param columns names of the figures of each epoch
 * @param rows the epochs, the first epoch first
 * @param parts the card's notes in full
 */
record TrainingPage(
    String style,
    String name,
    Ending ending,
    List<Fact> facts,
    List<Tile> tiles,
    List<LineChart> charts,
    List<String> columns,
    List<Row> rows,
    List<Part> parts) {
  private static final String COMPONENT = "component";
  private static final String PARAMETERS = "parameters";
  private static final String FIGURES = "figures";
  private static final String LAYERS = "layers";
  private static final String DATA = "data";
  private static final String EPOCHS = "epochs";
  private static final String TEST_ACCURACY = "test_accuracy";
  private static final List<String> BESIDE = List.of("engine", "shards", "model", "only", "attack");
  private static final List<String> EXAMPLES = List.of("training_examples", "validation_examples");
  private static final Set<String> SHOWN =
      Set.of(COMPONENT, PARAMETERS, FIGURES, LAYERS, DATA, "scenario", "seed");
  // A table of more rows is folded, so that what follows is found.
  private static final int LONG_TABLE = 30;
  private static final int MOST_TILES = 8;

  /**
   * How a training ended.
   *
   * @param word for the badge
   * @param early whether fewer epochs than planned were enough
   * @param text the ending in words
   */
  record Ending(String word, boolean early, String text) {}

  /**
   * One thing to know of a training.
   *
   * @param term what it is
   * @param text its value
   */
  record Fact(String term, String text) {}

  /**
   * A figure at the top of the page.
   *
   * @param label what it is
   * @param figure the number
   * @param note when it was reached
   */
  record Tile(String label, Figure figure, String note) {}

  /**
   * An epoch.
   *
   * @param epoch its number, from 1
   * @param best whether it is the best epoch
   * @param cells its figures in the order of the columns; empty where the epoch lacks a figure
   */
  record Row(int epoch, boolean best, List<Optional<Figure>> cells) {}

  /**
   * A part of the card in full.
   *
   * @param title what it is
   * @param outline its values as indented lines
   */
  record Part(String title, String outline) {}

  /** Returns the page of a training with at least one epoch. */
  static TrainingPage of(ModelCard card, List<Map<String, Double>> epochs, String style) {
    PlainTree training = new PlainTree(card.training());
    EpochHistory history = EpochHistory.of(epochs, number(training, FIGURES, "best_epoch"));
    List<String> names = history.names();
    return new TrainingPage(
        style,
        card.name(),
        ending(training, history),
        facts(training, history),
        tiles(training, history),
        EpochCharts.of(history),
        names.stream().map(FigureLabel::of).toList(),
        IntStream.rangeClosed(1, history.count())
            .mapToObj(epoch -> row(history, epoch, names))
            .toList(),
        parts(card.training(), training));
  }

  /** Returns whether the table of epochs is long. */
  boolean isLong() {
    return rows.size() > LONG_TABLE;
  }

  private static Row row(EpochHistory history, int epoch, List<String> names) {
    return new Row(
        epoch,
        history.best().stream().anyMatch(best -> best == epoch),
        names.stream().map(name -> history.figure(epoch, name)).toList());
  }

  private static Ending ending(PlainTree training, EpochHistory history) {
    int made = history.count();
    Optional<Long> planned =
        number(training, PARAMETERS, EPOCHS).map(Double::longValue).filter(all -> all >= made);
    if (planned.isEmpty()) {
      return new Ending("finished", false, "after " + Words.count(made, "epoch", EPOCHS));
    }
    long all = planned.get();
    boolean early = made < all;
    return new Ending(
        early ? "stopped early" : "finished",
        early,
        "after " + Words.count(made) + " of " + Words.count(all, "epoch", EPOCHS));
  }

  private static List<Fact> facts(PlainTree training, EpochHistory history) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Trainer", training.text(COMPONENT));
    add(facts, "Ended", Optional.of(ending(training, history).text()));
    add(facts, "Best epoch", history.best().stream().mapToObj(Words::count).findFirst());
    add(facts, "Training examples", count(training, EXAMPLES.get(0)));
    add(facts, "Validation examples", count(training, EXAMPLES.get(1)));
    add(facts, "Data", training.text(DATA, "dataset", "use"));
    add(facts, "Engine", training.text("engine"));
    add(facts, "Shards", training.text("shards"));
    add(
        facts,
        "Started from",
        training
            .text("model", "name")
            .map(
                model ->
                    model
                        + training
                            .text("model", "weights")
                            .map(weights -> ", weights " + weights)
                            .orElse("")));
    add(facts, "Attack", training.text("attack", "use"));
    add(facts, "Seed", training.text("seed"));
    add(facts, "Scenario", training.text("scenario"));
    return facts;
  }

  private static void add(List<Fact> facts, String term, Optional<String> text) {
    text.ifPresent(value -> facts.add(new Fact(term, value)));
  }

  private static Optional<String> count(PlainTree training, String key) {
    return number(training, key).map(count -> Words.count(count.longValue()));
  }

  private static Optional<Double> number(PlainTree tree, String... keys) {
    return tree.at(keys)
        .flatMap(
            value ->
                value instanceof Number number
                    ? Optional.of(number.doubleValue())
                    : Optional.empty());
  }

  private static List<Tile> tiles(PlainTree training, EpochHistory history) {
    int epoch = history.best().orElse(history.count());
    String note =
        (history.best().isPresent() ? "best epoch, " : "last epoch, ") + Words.count(epoch);
    Stream<Tile> test =
        number(training, FIGURES, TEST_ACCURACY).stream()
            .map(
                value ->
                    new Tile(
                        FigureLabel.of(TEST_ACCURACY),
                        new Figure(TEST_ACCURACY, value),
                        "finished model, test images"));
    Stream<Tile> reached =
        history.keyFigures(epoch).stream()
            .map(figure -> new Tile(FigureLabel.of(figure.path()), figure, note));
    return Stream.concat(test, reached).limit(MOST_TILES).toList();
  }

  private static List<Part> parts(Map<String, Object> card, PlainTree training) {
    Map<String, Object> beside = new LinkedHashMap<>(card);
    beside.keySet().retainAll(BESIDE);
    Map<String, Object> notes = new LinkedHashMap<>(card);
    notes.keySet().removeAll(SHOWN);
    notes.keySet().removeAll(BESIDE);
    notes.keySet().removeAll(EXAMPLES);
    return Stream.of(
            part("Parameters", training.at(PARAMETERS)),
            part("Beside the trainer", Optional.of(beside)),
            part("Layers", training.at(LAYERS)),
            part("Data", training.at(DATA)),
            part("Figures of the finished model", training.at(FIGURES)),
            part("Notes of the trainer", Optional.of(notes)))
        .filter(part -> !part.outline().isBlank())
        .toList();
  }

  private static Part part(String title, Optional<Object> values) {
    return new Part(title, values.map(found -> new PlainTree(found).outline()).orElse(""));
  }
}
