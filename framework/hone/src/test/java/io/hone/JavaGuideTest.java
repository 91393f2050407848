package io.hone;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.data.Tensor;
import io.hone.engine.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the examples of {@code docs/java.md} against code that compiles. */
class JavaGuideTest {
  private static final Pattern EXAMPLE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @Test
  void showsCodeThatCompiles() throws Exception {
    String guide = Files.readString(Digits.CHECKOUT.resolve("docs/java.md"));
    String code = Files.readString(Path.of("src/test/java/io/hone/JavaGuideTest.java"));
    Matcher examples = EXAMPLE.matcher(guide);
    int found = 0;
    while (examples.find()) {
      assertThat(code).contains(examples.group(1).indent(4).stripTrailing());
      found++;
    }
    assertThat(found).isEqualTo(2);
  }

  static void run() throws Exception {
    try (Hone hone = Hone.open()) {
      RunResult result = hone.run(Path.of("scenario.yaml"));
      System.out.println(result.summary().steps());
    }
  }

  static void attack(Tensor images, int[] labels) {
    try (Hone hone = Hone.open()) {
      Model model = hone.model(Path.of("photos.onnx"));
      Examples examples = hone.attack("pgd", Map.of("epsilon", "8/255")).run(model, images, labels);
      System.out.println(examples.robustAccuracy());
    }
  }
}
