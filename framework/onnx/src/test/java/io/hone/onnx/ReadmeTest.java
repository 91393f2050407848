package io.hone.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.support.Array;
import io.hone.onnx.support.Evaluator;
import io.hone.onnx.support.Networks;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in README.md is compiled and run as it is there. */
class ReadmeTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("```java\n(OnnxModel .*?)```", Pattern.DOTALL);

  private static final String PROGRAM =
      """
      import io.hone.onnx.gradient.*;
      import io.hone.onnx.graph.*;
      import java.nio.file.*;

      public final class Example implements java.util.concurrent.Callable<DifferentiatedModel> {
        private final Path folder;

        public Example(Path folder) {
          this.folder = folder;
        }

        @Override
        public DifferentiatedModel call() throws Exception {
          %s
          return gradient;
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void theExampleCompilesAndGivesAGradient() throws Exception {
    Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
    assertThat(example.find()).isTrue();
    Path source = folder.resolve("Example.java");
    Files.writeString(
        source, PROGRAM.formatted(example.group(1).replace("Path.of(\"", "folder.resolve(\"")));
    int errors =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-classpath",
                System.getProperty("java.class.path"),
                "-d",
                folder.toString(),
                source.toString());
    assertThat(errors).isZero();

    Files.write(folder.resolve("classifier.onnx"), Networks.lenet("MaxPool").toBytes());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Object made = loader.loadClass("Example").getConstructor(Path.class).newInstance(folder);
      ((Callable<?>) made).call();
    }

    OnnxModel written = OnnxModel.read(folder.resolve("gradient.onnx"));
    try (Evaluator runtime = new Evaluator(written)) {
      Map<String, Array> results =
          runtime.run(
              Map.of(
                  written.inputs().get(0).name(),
                  Array.uniform(new Random(1), 0, 1, 3, 1, 12, 12),
                  written.inputs().get(1).name(),
                  new long[] {4, 0, 9}));
      assertThat(results).hasSize(3);
      assertThat(results.get("gradient").shape()).containsExactly(3, 1, 12, 12);
      assertThat(results.get("loss").shape()).containsExactly(3);
      assertThat(results.get("loss").content()).doesNotContain(0f);
    }
  }
}
