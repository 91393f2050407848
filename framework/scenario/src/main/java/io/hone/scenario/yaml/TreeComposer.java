package io.hone.scenario.yaml;

import io.hone.scenario.diagnostics.Diagnostics;
import io.hone.scenario.diagnostics.Place;
import io.hone.scenario.diagnostics.SourceText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * Composes the tree from snakeyaml-engine's events.
 *
 * <p>Its own composer accepts duplicate keys, counts no aliases of scalars and names no place where
 * an alias goes wrong; the events hold all of that.
 */
final class TreeComposer {
  private static final int MOST_ALIASES = 50;
  private static final int DEEPEST = 50;
  private static final long MOST_NODES = 100_000;

  private static final Pattern DECIMAL = Pattern.compile("[-+]?(?:0|[1-9][0-9]*)");

  private static final Schema SCHEMA = new CoreSchema();
  private static final LoadSettings SETTINGS = LoadSettings.builder().setSchema(SCHEMA).build();

  private final SourceText source;
  private final String text;
  private final Map<Anchor, YamlNode> anchors = new HashMap<>();
  private final Set<Anchor> open = new HashSet<>();
  private final Diagnostics diagnostics = new Diagnostics();
  private final ParserImpl parser;
  private int aliases;

  /**
   * Creates a composer.
   *
   * @param source that places are told in
   * @param text that is read, with lines and columns as in the source
   */
  TreeComposer(SourceText source, String text) {
    this.source = source;
    this.text = text;
    this.parser = new ParserImpl(SETTINGS, new StreamReader(SETTINGS, text));
  }

  YamlNode compose() {
    Optional<YamlNode> root = Optional.empty();
    try {
      refuseUnprintable();
      root = Optional.of(document());
    } catch (Stop stop) {
      diagnostics.add(stop.place, stop.problem, stop.notes);
    } catch (MarkedYamlEngineException e) {
      report(e);
    } catch (YamlEngineException | NumberFormatException e) {
      diagnostics.add(source.at(1, 1), "is not YAML: " + e.getMessage());
    }
    diagnostics.throwIfAny();
    return root.orElseThrow();
  }

  private YamlNode document() {
    parser.next();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      throw new Stop(source.at(1, 1), "is empty", "write a YAML mapping, key: value");
    }
    parser.next();
    YamlNode root = node(0);
    parser.next();
    Event end = parser.next();
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw new Stop(
          place(end), "a second document begins here", "put each document into a file of its own");
    }
    return root;
  }

  private YamlNode node(int depth) {
    Event event = parser.next();
    if (depth > DEEPEST) {
      throw new Stop(place(event), "is nested more than " + DEEPEST + " levels deep");
    }
    if (event instanceof AliasEvent alias) {
      return alias(alias);
    }
    Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
    anchor.ifPresent(open::add);
    YamlNode node =
        event instanceof ScalarEvent scalar
            ? scalar(scalar)
            : collection((CollectionStartEvent) event, depth);
    if (node.size() > MOST_NODES) {
      throw new Stop(node.place(), "aliases make this larger than " + MOST_NODES + " nodes");
    }
    anchor.ifPresent(open::remove);
    anchor.ifPresent(name -> anchors.put(name, node));
    return node;
  }

  private YamlNode alias(AliasEvent event) {
    Anchor anchor = event.getAlias();
    if (open.contains(anchor)) {
      throw new Stop(
          place(event), "the alias *" + anchor.getValue() + " is inside what it stands for");
    }
    aliases++;
    if (aliases > MOST_ALIASES) {
      throw new Stop(place(event), "there are more than " + MOST_ALIASES + " aliases");
    }
    YamlNode target = anchors.get(anchor);
    if (target == null) {
      throw new Stop(
          place(event),
          "there is no anchor &" + anchor.getValue() + " before this alias",
          anchors.isEmpty()
              ? "quote the value if the asterisk belongs to it"
              : "anchors so far: "
                  + String.join(
                      ", ", anchors.keySet().stream().map(Anchor::getValue).sorted().toList()));
    }
    return target;
  }

  private YamlNode collection(CollectionStartEvent event, int depth) {
    refuseTag(event, event.getTag());
    return event.getEventId() == Event.ID.SequenceStart
        ? sequence(event, depth)
        : mapping(event, depth);
  }

  private YamlSequence sequence(Event start, int depth) {
    List<YamlNode> items = new ArrayList<>();
    while (!parser.checkEvent(Event.ID.SequenceEnd)) {
      items.add(node(depth + 1));
    }
    parser.next();
    return new YamlSequence(place(start), items);
  }

  private YamlMapping mapping(Event start, int depth) {
    List<YamlMapping.Entry> entries = new ArrayList<>();
    Map<String, Place> seen = new HashMap<>();
    while (!parser.checkEvent(Event.ID.MappingEnd)) {
      Place place = place(parser.peekEvent());
      if (!(node(depth + 1) instanceof YamlScalar key)) {
        throw new Stop(place, "a key must be a word or a number");
      }
      if (key.text().equals("<<")) {
        diagnostics.add(
            place, "merge keys (<<) are not used in Hone's files", "write the keys out");
      }
      Place first = seen.putIfAbsent(key.text(), place);
      YamlNode value = node(depth + 1);
      if (first == null) {
        entries.add(new YamlMapping.Entry(key, value));
      } else {
        diagnostics.add(
            place,
            "the key '" + key.text() + "' is given twice in this mapping",
            "it is first given at line " + first.line() + ", column " + first.column());
      }
    }
    parser.next();
    return new YamlMapping(place(start), entries);
  }

  private YamlScalar scalar(ScalarEvent event) {
    refuseTag(event, event.getTag());
    String written = event.getValue();
    boolean plain = event.getScalarStyle() == ScalarStyle.PLAIN;
    Tag tag = SCHEMA.getScalarResolver().resolve(written, plain);
    if (tag.equals(Tag.INT) && !DECIMAL.matcher(written).matches()) {
      // Whoever writes 0x10 or 010 where a number is wanted is told to write it in decimal.
      tag = Tag.STR;
    }
    // Tags without a constructor, such as that of <<, are texts.
    ConstructNode constructor = plain ? SCHEMA.getSchemaTagConstructors().get(tag) : null;
    Object value =
        constructor == null
            ? written
            : constructor.construct(new ScalarNode(tag, written, event.getScalarStyle()));
    return new YamlScalar(place(event), written, value);
  }

  private void refuseTag(Event event, Optional<String> tag) {
    tag.ifPresent(
        name ->
            diagnostics.add(
                place(event),
                "the tag "
                    + (name.startsWith(Tag.PREFIX)
                        ? "!!" + name.substring(Tag.PREFIX.length())
                        : name)
                    + " is not used in Hone's files",
                "write the value without a tag"));
  }

  private Place place(Event event) {
    return event.getStartMark().map(this::place).orElse(source.at(1, 1));
  }

  private Place place(Mark mark) {
    return source.at(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private void report(MarkedYamlEngineException error) {
    Place place =
        error.getProblemMark().or(error::getContextMark).map(this::place).orElse(source.at(1, 1));
    String problem =
        Objects.requireNonNullElse(error.getProblem(), String.valueOf(error.getMessage()));
    if (problem.contains("TAB")) {
      diagnostics.add(place, "a tab cannot indent YAML", "use spaces");
      return;
    }
    List<String> notes =
        error.getContext() == null
            ? List.of()
            : List.of(
                error.getContext()
                    + error
                        .getContextMark()
                        .map(mark -> ", which begins at line " + (mark.getLine() + 1))
                        .orElse(""));
    diagnostics.add(place, "is not YAML: " + problem, notes);
  }

  /** Refuses what the engine refuses too, but would place by its offset in a buffer. */
  private void refuseUnprintable() {
    int line = 1;
    int column = 1;
    for (int codePoint : text.codePoints().toArray()) {
      if (!StreamReader.isPrintable(codePoint)) {
        throw new Stop(
            source.at(line, column),
            "the character U+%04X is not allowed in YAML".formatted(codePoint),
            "write it as an escape in double quotes");
      }
      column = codePoint == '\n' ? 1 : column + 1;
      line += codePoint == '\n' ? 1 : 0;
    }
  }

  /** Ends the composing at an error after which the rest of the tree means nothing. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;
    private final String problem;
    private final transient List<String> notes;

    Stop(Place place, String problem, String... notes) {
      super(problem);
      this.place = place;
      this.problem = problem;
      this.notes = List.of(notes);
    }
  }
}
