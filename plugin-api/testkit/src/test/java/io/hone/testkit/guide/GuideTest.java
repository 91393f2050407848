package io.hone.testkit.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.testkit.ArchitectureContractTest;
import io.hone.testkit.AttackContractTest;
import io.hone.testkit.ContractRule;
import io.hone.testkit.DatasetContractTest;
import io.hone.testkit.DefenseContractTest;
import io.hone.testkit.ImproverContractTest;
import io.hone.testkit.MetricContractTest;
import io.hone.testkit.TrainerContractTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The plugin author's guide, {@code docs/plugins.md}: its samples are the classes of this package,
 * which the contract tests accept, and it lists every rule in the words of the contract tests.
 */
class GuideTest {
  private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  private static final Pattern RULE = Pattern.compile("^\\| ([A-Z][0-9]+) \\| (.*) \\|$");

  @Nested
  class TintTest extends AttackContractTest<Tint.Params> {
    TintTest() {
      super(new Tint());
    }
  }

  @Nested
  class HalfwayTest extends ImproverContractTest<Halfway.Params> {
    HalfwayTest() {
      super(new Halfway());
    }
  }

  @Nested
  class FewerLevelsTest extends DefenseContractTest<FewerLevels.Params> {
    FewerLevelsTest() {
      super(new FewerLevels());
    }
  }

  @Nested
  class StripesTest extends DatasetContractTest<Stripes.Params> {
    StripesTest() {
      super(new Stripes());
    }
  }

  @Nested
  class BrightnessTest extends MetricContractTest<Brightness.Params> {
    BrightnessTest() {
      super(new Brightness());
    }
  }

  @Nested
  class SilenceTest extends MetricContractTest<Silence.Params> {
    SilenceTest() {
      super(new Silence());
    }
  }

  @Nested
  class LinearTrainerTest extends TrainerContractTest<LinearTrainer.Params> {
    LinearTrainerTest() {
      super(new LinearTrainer());
    }
  }

  @Nested
  class ShortcutsTest extends ArchitectureContractTest<Shortcuts.Params> {
    ShortcutsTest() {
      super(new Shortcuts());
    }
  }

  @Test
  void everySampleIsACompiledClassOfThisPackage() throws IOException {
    String sources = sources();
    List<String> samples =
        JAVA.matcher(guide()).results().map(found -> found.group(1).strip()).toList();

    assertThat(samples).hasSizeGreaterThanOrEqualTo(5);
    assertThat(samples)
        .allSatisfy(sample -> assertThat(squeezed(sources)).contains(squeezed(sample)));
  }

  @Test
  void everyRuleStandsInTheGuideInTheWordsOfTheTests() throws IOException {
    List<String> written =
        guide()
            .lines()
            .map(RULE::matcher)
            .flatMap(matcher -> matcher.results())
            .map(GuideTest::text)
            .toList();

    assertThat(written)
        .containsExactlyElementsOf(
            Arrays.stream(ContractRule.values())
                .map(rule -> rule.name() + " " + rule.sentence())
                .toList());
  }

  private static String text(MatchResult row) {
    return row.group(1) + " " + row.group(2).replace("`", "");
  }

  private static String guide() throws IOException {
    return Files.readString(Path.of("../../docs/plugins.md"));
  }

  private static String sources() throws IOException {
    try (var files = Files.list(Path.of("src/test/java/io/hone/testkit/guide"))) {
      return files.sorted().map(GuideTest::source).collect(Collectors.joining("\n"));
    }
  }

  private static String source(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where lines break is the formatter's affair. */
  private static String squeezed(String code) {
    return code.replaceAll("\\s+", " ");
  }
}
