package io.hone.host.component;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Component;
import io.hone.api.DatasetProvider;
import io.hone.api.Defense;
import io.hone.api.Improver;
import io.hone.api.ModelBackend;
import io.hone.api.metric.Metric;
import io.hone.api.train.Trainer;
import io.hone.network.Architecture;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of component, each with its extension point. Ids are unique within a kind. */
public enum ComponentKind {
  ATTACK("attack", "attacks", Attack.class),
  IMPROVER("improver", "improvers", Improver.class),
  DEFENSE("defense", "defenses", Defense.class),
  DATASET("dataset", "datasets", DatasetProvider.class),
  BACKEND("backend", "backends", ModelBackend.class),
  TRAINER("trainer", "trainers", Trainer.class),
  METRIC("metric", "metrics", Metric.class),
  ARCHITECTURE("architecture", "architectures", Architecture.class);

  private final String word;
  private final String plural;

  @SuppressWarnings("rawtypes")
  private final Class<? extends Component> type;

  @SuppressWarnings("rawtypes")
  ComponentKind(String word, String plural, Class<? extends Component> type) {
    this.word = word;
    this.plural = plural;
    this.type = type;
  }

  /**
   * Returns the kind that a user names, by its word or its plural.
   *
   * @throws BadInputException that lists the kinds
   */
  public static ComponentKind named(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.word.equals(name) || kind.plural.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "there is no kind '%s'; kinds are %s"
                        .formatted(
                            name,
                            Arrays.stream(values())
                                .map(ComponentKind::plural)
                                .collect(Collectors.joining(", ")))));
  }

  /** Returns the word users see, such as {@code attack}. */
  public String word() {
    return word;
  }

  /** Returns the word with its article, such as {@code an attack}. */
  public String withArticle() {
    return Article.with(word);
  }

  /** Returns the plural of {@link #word()}. */
  public String plural() {
    return plural;
  }

  /** Returns the extension point. */
  @SuppressWarnings("rawtypes")
  public Class<? extends Component> type() {
    return type;
  }
}
