package io.hone.scenario.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.BadInputException;
import io.hone.scenario.diagnostics.Diagnostic;
import io.hone.scenario.diagnostics.ScenarioException;
import io.hone.scenario.diagnostics.SourceText;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class YamlReaderTest {
  @TempDir Path temporary;

  private static YamlNode parse(String text) {
    return YamlReader.parse(SourceText.ofFile("a.yaml", text));
  }

  private static List<String> errors(String text) {
    ScenarioException thrown = catchThrowableOfType(ScenarioException.class, () -> parse(text));
    assertThat(thrown).as("an error in %s", text).isNotNull();
    return thrown.diagnostics().stream()
        .map(diagnostic -> diagnostic.place() + ": " + diagnostic.message())
        .toList();
  }

  @Test
  void readsTheCoreSchema() {
    assertThat(
            parse("{a: 3, b: '3', c: 3.5, d: true, e: yes, f: ~, g: 1e-3, h: 0x10, i: .inf}")
                .plain())
        .isEqualTo(
            mapping(
                "a",
                3,
                "b",
                "3",
                "c",
                3.5,
                "d",
                true,
                "e",
                "yes",
                "f",
                null,
                "g",
                1e-3,
                "h",
                "0x10",
                "i",
                Double.POSITIVE_INFINITY));
    assertThat(parse("[010, 0o17, -0x1F, 0, -0, +7, 00.5]").plain())
        .isEqualTo(List.of("010", "0o17", "-0x1F", 0, 0, 7, 0.5));
    assertThat(parse("[12345678901, 123456789012345678901234567890]").plain())
        .isEqualTo(List.of(12345678901L, new BigInteger("123456789012345678901234567890")));
    assertThat(parse("a: |\n  two\n  lines\n").plain()).isEqualTo(Map.of("a", "two\nlines\n"));
  }

  private static Map<String, Object> mapping(Object... keysAndValues) {
    Map<String, Object> mapping = new LinkedHashMap<>();
    for (int index = 0; index < keysAndValues.length; index += 2) {
      mapping.put((String) keysAndValues[index], keysAndValues[index + 1]);
    }
    return mapping;
  }

  @Test
  void knowsWhereNodesStand() {
    YamlMapping root = (YamlMapping) parse("a: 1\nb:\n  - x\n  - {c: [2]}\n");

    assertThat(root.place()).hasToString("a.yaml:1:1");
    YamlSequence list = (YamlSequence) root.get("b").orElseThrow();
    assertThat(list.place()).hasToString("a.yaml:3:3");
    YamlMapping inner = (YamlMapping) list.items().get(1);
    assertThat(inner.entry("c").orElseThrow().key().place()).hasToString("a.yaml:4:6");
    assertThat(inner.get("c").orElseThrow().place()).hasToString("a.yaml:4:9");
  }

  @Test
  void countsColumnsInCharactersAsAUserSeesThem() {
    assertThat(errors("'\uD83D\uDE00': [1, {a: 1, a: 2}]"))
        .containsExactly("a.yaml:1:17: the key 'a' is given twice in this mapping");
  }

  @Test
  void followsAliasesToTheirAnchors() {
    YamlMapping root = (YamlMapping) parse("a: &x {b: 1}\nc: *x\nd: [*x, *x]\n");

    assertThat(root.plain())
        .isEqualTo(
            Map.of(
                "a", Map.of("b", 1),
                "c", Map.of("b", 1),
                "d", List.of(Map.of("b", 1), Map.of("b", 1))));
    assertThat(root.get("c").orElseThrow().place()).hasToString("a.yaml:1:4");
  }

  @Test
  void takesFiftyAliasesAndNotOneMore() {
    assertThat(parse("a: &x 1\nb: [" + "*x, ".repeat(50) + "]").size()).isEqualTo(1 + 2 + 1 + 51);
    assertThat(errors("a: &x 1\nb: [" + "*x, ".repeat(51) + "]"))
        .containsExactly("a.yaml:2:205: there are more than 50 aliases");
  }

  @Test
  void refusesAliasesThatExplode() {
    String levels =
        IntStream.range(1, 7)
            .mapToObj(level -> "a%d: &a%d [%s]".formatted(level, level, tenTimes(level - 1)))
            .collect(Collectors.joining("\n"));

    assertThat(errors("a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n" + levels))
        .containsExactly("a.yaml:6:5: aliases make this larger than 100000 nodes");
  }

  private static String tenTimes(int level) {
    return Arrays.stream(new int[8]).mapToObj(i -> "*a" + level).collect(Collectors.joining(", "));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("", "1:1: is empty"),
        Arguments.of("# only a comment\n", "1:1: is empty"),
        Arguments.of("a: 1\nb: 2\na: 3\n", "3:1: the key 'a' is given twice in this mapping"),
        Arguments.of("{9: 1, '9': 2}", "1:8: the key '9' is given twice in this mapping"),
        Arguments.of("a: &x [1, *x]", "1:11: the alias *x is inside what it stands for"),
        Arguments.of("a: &x {b: {c: *x}}", "1:15: the alias *x is inside what it stands for"),
        Arguments.of("a: *x", "1:4: there is no anchor &x before this alias"),
        Arguments.of("a: &x {b: 1}\nc: {<<: *x, d: 2}", "2:5: merge keys (<<) are not used"),
        Arguments.of("a: 1\n---\nb: 2\n", "2:1: a second document begins here"),
        Arguments.of("a: !!int '3'", "1:4: the tag !!int is not used"),
        Arguments.of("a: !mine [1]", "1:4: the tag !mine is not used"),
        Arguments.of("[a, b]: 1", "1:1: a key must be a word or a number"),
        Arguments.of("a:\n\tb: 1\n", "2:1: a tab cannot indent YAML"),
        Arguments.of("a: [1, 2\nb: 3\n", "2:2: is not YAML: "),
        Arguments.of("a: 'x\n", "2:1: is not YAML: "),
        Arguments.of("a: 1\n b: 2\n", "2:3: is not YAML: "),
        Arguments.of("a: \"\\q\"", "1:6: is not YAML: "),
        Arguments.of("a: b\u0007", "1:5: the character U+0007 is not allowed in YAML"),
        Arguments.of("[".repeat(60) + "]".repeat(60), "1:52: is nested more than 50 levels deep"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void tellsMistakesAtTheirPlace(String text, String expected) {
    assertThat(errors(text)).hasSize(1).first().asString().startsWith("a.yaml:" + expected);
  }

  @Test
  void tellsSeveralDuplicatesAtOnce() {
    assertThat(errors("a: 1\na: 2\nb: {c: 1, c: 2}\n"))
        .containsExactly(
            "a.yaml:2:1: the key 'a' is given twice in this mapping",
            "a.yaml:3:11: the key 'c' is given twice in this mapping");
  }

  @Test
  void tellsWhereAFileIsNotUtf8() throws IOException {
    Path file = temporary.resolve("latin.yaml");
    Files.write(file, "a: 1\nb: caf\u00E9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> YamlReader.read(file))
        .isInstanceOfSatisfying(
            ScenarioException.class,
            thrown ->
                assertThat(thrown.diagnostics())
                    .extracting(Diagnostic::format)
                    .containsExactly(
                        file
                            + ":2:7: the byte 0xE9 is not UTF-8\n"
                            + "    b: caf\n"
                            + "          ^\n"
                            + "    save the file as UTF-8"));
  }

  @Test
  void skipsAByteOrderMark() throws IOException {
    Path file = Files.writeString(temporary.resolve("bom.yaml"), "\uFEFFa: 1\n");

    assertThat(YamlReader.read(file).plain()).isEqualTo(Map.of("a", 1));
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    assertThatThrownBy(() -> YamlReader.read(temporary.resolve("none.yaml")))
        .isInstanceOf(BadInputException.class)
        .hasMessage(temporary.resolve("none.yaml") + ": there is no such file");
    assertThatThrownBy(() -> YamlReader.read(temporary))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is a folder");
    Path large = Files.write(temporary.resolve("large.yaml"), new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> YamlReader.read(large))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("larger than 1 MiB");
  }
}
