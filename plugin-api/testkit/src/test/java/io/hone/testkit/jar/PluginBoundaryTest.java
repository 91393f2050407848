package io.hone.testkit.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.Defense;
import io.hone.api.RecoveringClassifier;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.model.Classifier;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.InstalledComponent;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.PluginHost;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to objects, calls and the context class loader between Hone and a plugin. */
class PluginBoundaryTest {
  private static final String DEFENSE =
      """
      package org.example;

      import io.hone.api.*;
      import io.hone.api.data.ImageBatch;
      import io.hone.api.model.Classifier;
      import io.hone.api.run.Run;
      import io.hone.api.data.*;
      import org.pf4j.Extension;

      @Named(id = "guard", summary = "Stands before a classifier.")
      @Extension
      public class Guard implements Defense<Guard.Params> {
        public record Params(@Param(value = "Whether to do anything.", def = "true") boolean on) {}

        @Override
        public Classifier protect(Params parameters, Classifier base, Run run) {
          return parameters.on() ? new Guarded(base) : base;
        }

        private record Guarded(Classifier base) implements RecoveringClassifier {
          public int classes() { return base.classes(); }

          public boolean accepts(ImageShape shape) {
            return Thread.currentThread().getContextClassLoader() == Guard.class.getClassLoader();
          }

          public Tensor logits(ImageBatch images) {
            Tensor logits = base.logits(images);
            if (!accepts(null)) throw new IllegalStateException("the context was not restored");
            return logits;
          }

          public ImageBatch recover(ImageBatch images) { return images; }
        }
      }
      """;

  private static final String METRIC =
      """
      package org.example;

      import io.hone.api.*;
      import io.hone.api.metric.*;
      import io.hone.api.run.Setting;
      import java.io.*;
      import java.util.Map;
      import org.pf4j.Extension;

      @Named(id = "count", summary = "Counts samples.")
      @Extension
      public class Count implements Metric<Count.Params> {
        public record Params() {}

        @Override
        public Accumulator start(Params parameters, Setting setting) {
          return new Sum();
        }

        private static final class Sum implements Accumulator {
          private int sum = 1;

          public void add(Outcome outcome) { sum++; }
          public void merge(Accumulator other) { sum += ((Sum) other).sum; }
          public Map<String, Double> value() { return Map.of("count", (double) sum); }
          public void write(DataOutput output) throws IOException { output.writeInt(sum); }
          public void read(DataInput input) throws IOException { sum = input.readInt(); }
        }
      }
      """;

  @TempDir static Path plugins;
  private static PluginHost host;

  @BeforeAll
  static void loadPlugin() {
    PluginJarBuilder.plugin("boundary", "1.0")
        .source("org.example.Guard", DEFENSE)
        .source("org.example.Count", METRIC)
        .build(plugins.resolve("boundary.jar"));
    host = PluginHost.load(List.of(plugins), PluginBoundaryTest.class.getClassLoader());
  }

  @AfterAll
  static void closePlugin() {
    host.close();
  }

  /** Notes the context class loader that it is called with. */
  private static class Base implements Classifier {
    private final List<ClassLoader> contexts = new ArrayList<>();

    @Override
    public int classes() {
      return 3;
    }

    @Override
    public boolean accepts(ImageShape shape) {
      return true;
    }

    @Override
    public Tensor logits(ImageBatch images) {
      contexts.add(Thread.currentThread().getContextClassLoader());
      return Tensor.zeros(images.size(), 3);
    }
  }

  private static Classifier guard(Classifier base, boolean on) throws ReflectiveOperationException {
    InstalledComponent<Defense<Record>> guard =
        host.registry().<Defense<Record>>find(ComponentKind.DEFENSE, "guard").orElseThrow();
    Record parameters =
        guard.descriptor().parameterType().getConstructor(boolean.class).newInstance(on);
    return guard.instance().protect(parameters, base, null);
  }

  @Test
  void everySideIsCalledWithItsOwnContextClassLoader() throws ReflectiveOperationException {
    ClassLoader own = getClass().getClassLoader();
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Base base = new Base();

    Classifier guarded = guard(base, true);

    assertThat(guarded.accepts(new ImageShape(1, 1, 1))).isTrue();
    assertThat(guarded.logits(new ImageBatch(Tensor.zeros(1, 1, 1, 1), new long[1])).rows())
        .isEqualTo(1);
    assertThat(base.contexts).containsExactly(own);
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void anObjectKeepsItsInterfacesAndDefaultMethods() throws ReflectiveOperationException {
    Classifier guarded = guard(new Base(), true);
    ImageBatch images = new ImageBatch(Tensor.zeros(2, 1, 1, 1), new long[2]);

    assertThat(guarded).isInstanceOf(RecoveringClassifier.class);
    assertThat(((RecoveringClassifier) guarded).recover(images)).isSameAs(images);
    assertThat(guarded.predict(images)).containsExactly(0, 0);
    assertThat(guarded.classes()).isEqualTo(3);
  }

  @Test
  void whatHoneThrowsIsNotTakenForThePlugins() throws ReflectiveOperationException {
    Base broken =
        new Base() {
          @Override
          public Tensor logits(ImageBatch images) {
            throw new IllegalStateException("no session");
          }
        };
    ImageBatch images = new ImageBatch(Tensor.zeros(1, 1, 1, 1), new long[1]);

    assertThatThrownBy(() -> guard(broken, true).logits(images))
        .isInstanceOf(PluginErrorException.class)
        .hasMessageStartingWith(
            "defense guard of the plugin boundary 1.0 called Hone, which ended with"
                + " java.lang.IllegalStateException: no session at ")
        .hasMessageNotContaining("author");
  }

  @Test
  void anObjectThatComesHomeIsItself() throws ReflectiveOperationException {
    Base base = new Base();

    assertThat(guard(base, false)).isSameAs(base);
  }

  @Test
  void wrappedObjectsAreEqualIfTheObjectsAre() throws ReflectiveOperationException {
    Base base = new Base();

    assertThat(guard(base, true))
        .isEqualTo(guard(base, true))
        .isNotEqualTo(guard(new Base(), true));
    assertThat(guard(base, true)).hasSameHashCodeAs(guard(base, true));
    assertThat(guard(base, true).toString()).startsWith("Guarded[base=");
  }

  @Test
  void aPluginReceivesItsOwnObjectsUnwrapped() throws ReflectiveOperationException {
    InstalledComponent<Metric<Record>> count =
        host.registry().<Metric<Record>>find(ComponentKind.METRIC, "count").orElseThrow();
    Record parameters = count.descriptor().parameterType().getConstructor().newInstance();
    Accumulator first = count.instance().start(parameters, null);

    first.merge(count.instance().start(parameters, null));

    assertThat(first.value()).containsEntry("count", 2.0);
  }
}
