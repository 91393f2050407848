package io.hone.testkit.jar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.hone.api.Attack;
import io.hone.api.BadInputException;
import io.hone.api.Component;
import io.hone.api.data.Batch;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.victim.Access;
import io.hone.host.component.ComponentDescriptor;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.InstalledComponent;
import io.hone.host.plugin.PluginDescription;
import io.hone.host.plugin.PluginErrorException;
import io.hone.host.plugin.PluginHost;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pf4j.Plugin;

class PluginHostTest {
  private static final String SERVICES = "META-INF/services/" + Attack.class.getName();

  @TempDir Path folder;
  private Path plugins;

  @BeforeEach
  void makeFolder() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
  }

  private PluginHost load() {
    return PluginHost.load(List.of(plugins), getClass().getClassLoader());
  }

  private Path jar(String name) {
    return plugins.resolve(name);
  }

  private static PluginJarBuilder nudge() {
    return PluginJarBuilder.plugin("nudge-plugin", "1.2.3")
        .source(PluginSources.ATTACK_CLASS, PluginSources.attack("nudge"));
  }

  private BadInputException refused() {
    BadInputException error = catchThrowableOfType(BadInputException.class, this::load);
    assertThat(error).isNotNull();
    return error;
  }

  private static Attack<Record> attack(PluginHost host, String id) {
    return host.registry().<Attack<Record>>find(ComponentKind.ATTACK, id).orElseThrow().instance();
  }

  private static Record parameters(PluginHost host, String id) {
    Class<? extends Record> type =
        host.registry()
            .find(ComponentKind.ATTACK, id)
            .map(InstalledComponent::descriptor)
            .orElseThrow()
            .parameterType();
    try {
      return type.getConstructor(float.class).newInstance(0.5f);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor run(PluginHost host, String id) {
    Tensor images = Tensor.zeros(1, 1, 1, 1);
    Batch clean =
        new Batch(new ImageBatch(images, new long[1]), new int[1], new int[] {Batch.NO_TARGET});
    Tensor adversarial = images.copy();
    attack(host, id).attack(parameters(host, id), null, clean, adversarial, null);
    return adversarial;
  }

  @Test
  void describesAndRunsWhatAJarBrings() throws IOException {
    PluginJarBuilder.plugin("nudge-plugin", "1.2.3")
        .source(
            PluginSources.ATTACK_CLASS,
            PluginSources.attack("nudge", "adversarial.set(0, 0, parameters.by());"))
        .build(jar("nudge.jar"));

    try (PluginHost host = load()) {
      ComponentDescriptor descriptor = host.registry().descriptors(ComponentKind.ATTACK).get(0);
      assertThat(descriptor.id()).isEqualTo("nudge");
      assertThat(descriptor.source()).isEqualTo("nudge-plugin 1.2.3");
      assertThat(run(host, "nudge").get(0, 0)).isEqualTo(0.5f);

      PluginDescription plugin = host.plugins().get(0);
      assertThat(plugin.id()).isEqualTo("nudge-plugin");
      assertThat(plugin.version()).isEqualTo("1.2.3");
      assertThat(plugin.jar()).isEqualTo(jar("nudge.jar").toRealPath());
      assertThat(plugin.components()).containsExactly(descriptor);
    }
  }

  @Test
  void acceptsAJarInPlaceOfAFolderAndTheSameJarTwice() {
    nudge().build(jar("nudge.jar"));
    try (PluginHost host =
        PluginHost.load(List.of(jar("nudge.jar"), plugins), getClass().getClassLoader())) {
      assertThat(host.plugins()).hasSize(1);
    }
  }

  @Test
  void passesOverTheCompanionsInATargetFolder() throws IOException {
    nudge().build(jar("nudge-1.jar"));
    for (String companion : List.of("nudge-1-sources.jar", "original-nudge-1.jar")) {
      Files.copy(jar("nudge-1.jar"), jar(companion));
    }
    try (PluginHost host = load()) {
      assertThat(host.plugins()).hasSize(1);
    }
  }

  @Nested
  class ClassLoading {
    @Test
    void everyPluginHasItsOwnLoaderAndSharesTheApi() {
      nudge().build(jar("a.jar"));
      PluginJarBuilder.plugin("other", "1.0")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("other-nudge"))
          .build(jar("b.jar"));

      try (PluginHost host = load()) {
        Class<?> first = parameters(host, "nudge").getClass();
        Class<?> second = parameters(host, "other-nudge").getClass();
        assertThat(first.getName()).isEqualTo(second.getName());
        assertThat(first.getClassLoader())
            .isNotSameAs(second.getClassLoader())
            .isNotSameAs(Component.class.getClassLoader());
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "tools.jackson.databind.ObjectMapper",
          "io.hone.host.plugin.PluginHost",
          "org.junit.jupiter.api.Test",
          "ch.qos.logback.classic.Logger"
        })
    void hidesEverythingElseOfTheApplication(String hidden) throws ClassNotFoundException {
      assertThat(Class.forName(hidden, false, getClass().getClassLoader())).isNotNull();
      String body =
          """
          try {
            Class.forName("%s");
            adversarial.set(0, 0, 1);
          } catch (ClassNotFoundException hidden) {
            adversarial.set(0, 0, 0.25f);
          }
          """
              .formatted(hidden);
      PluginJarBuilder.plugin("spy", "1.0")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("spy", body))
          .build(jar("spy.jar"));

      try (PluginHost host = load()) {
        assertThat(run(host, "spy").get(0, 0)).isEqualTo(0.25f);
      }
    }

    @Test
    void seesTheWholeJdkAndTheLogger() {
      String body =
          """
          java.sql.Types.class.getName();
          java.awt.image.BufferedImage.class.getName();
          org.slf4j.LoggerFactory.getLogger("spy").debug("seen");
          adversarial.set(0, 0, 0.75f);
          """;
      PluginJarBuilder.plugin("spy", "1.0")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("spy", body))
          .build(jar("spy.jar"));

      try (PluginHost host = load()) {
        assertThat(run(host, "spy").get(0, 0)).isEqualTo(0.75f);
      }
    }

    @Test
    void readsItsOwnResourcesThroughTheContextClassLoader() {
      String body =
          """
          ClassLoader context = Thread.currentThread().getContextClassLoader();
          boolean own = context == Nudge.class.getClassLoader()
              && context.getResource("org/example/weights.txt") != null;
          adversarial.set(0, 0, own ? 0.75f : 0);
          """;
      PluginJarBuilder.plugin("reader", "1.0")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("reader", body))
          .entry("org/example/weights.txt", "1 2 3")
          .build(jar("reader.jar"));

      ClassLoader before = Thread.currentThread().getContextClassLoader();
      try (PluginHost host = load()) {
        assertThat(run(host, "reader").get(0, 0)).isEqualTo(0.75f);
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
      }
    }

    @Test
    void namesThePluginThatThrows() {
      PluginJarBuilder.plugin("thrower", "1.0")
          .source(
              PluginSources.ATTACK_CLASS,
              PluginSources.attack("thrower", "throw new IllegalStateException(\"boom\");"))
          .build(jar("thrower.jar"));

      try (PluginHost host = load()) {
        assertThatThrownBy(() -> run(host, "thrower"))
            .isInstanceOf(PluginErrorException.class)
            .hasMessageStartingWith(
                "attack thrower of the plugin thrower 1.0 ended with"
                    + " java.lang.IllegalStateException: boom at ")
            .hasMessageEndingWith("; ask its author")
            .hasCauseInstanceOf(IllegalStateException.class);
        assertThat(attack(host, "thrower").access(parameters(host, "thrower")))
            .isEqualTo(Access.LABELS);
      }
    }
  }

  @Nested
  class Refuses {
    @Test
    void noFolder() {
      assertThatThrownBy(
              () -> PluginHost.load(List.of(folder.resolve("absent")), getClass().getClassLoader()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("absent: it does not exist");
    }

    @Test
    void aFolderWithoutJars() {
      assertThat(refused()).hasMessageContaining(plugins + ": it holds no jar; build the plugin");
    }

    @Test
    void aFileThatIsNoJar() throws IOException {
      Files.writeString(jar("text.jar"), "this is no zip file");
      assertThat(refused()).hasMessageContaining("text.jar: it cannot be read as a jar");
    }

    @Test
    void aTruncatedJar() throws IOException {
      byte[] whole = Files.readAllBytes(nudge().build(jar("cut.jar")));
      Files.write(jar("cut.jar"), Arrays.copyOf(whole, whole.length / 2));
      assertThat(refused()).hasMessageContaining("cut.jar: it cannot be read as a jar");
    }

    @Test
    void aDamagedClass() throws IOException {
      nudge().entry("org/example/Nudge.class", "no bytecode").build(jar("damaged.jar"));
      assertThat(refused())
          .hasMessageContaining("damaged.jar: the component org.example.Nudge cannot be loaded");
    }

    @Test
    void aJarThatIsNoPlugin() {
      PluginJarBuilder.plainJar()
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("nudge"))
          .build(jar("plain.jar"));
      assertThat(refused())
          .hasMessageContaining("plain.jar: its manifest has no Plugin-Id")
          .hasMessageContaining("<manifestEntries>");
    }

    @Test
    void aPluginWithoutAVersion() {
      PluginJarBuilder.plainJar()
          .manifest("Plugin-Id", "nudge")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("nudge"))
          .build(jar("unversioned.jar"));
      assertThat(refused()).hasMessageContaining("manifest has no Plugin-Version");
    }

    @Test
    void aPluginWithoutComponents() {
      PluginJarBuilder.plugin("empty", "1.0")
          .source("org.example.Helper", "package org.example; public class Helper {}")
          .build(jar("empty.jar"));
      assertThat(refused())
          .hasMessageContaining("empty.jar: it lists no components")
          .hasMessageContaining("annotate them with @Extension");
    }

    @Test
    void aPluginThatListsItsComponentsElsewhere() {
      nudge()
          .without(SERVICES)
          .entry("META-INF/extensions.idx", "org.example.Nudge")
          .build(jar("index.jar"));
      assertThat(refused())
          .hasMessageContaining("index.jar: it lists no components")
          .hasMessageContaining("extensions.idx, which Hone does not read");
    }

    @Test
    void aListedClassThatIsNotThere() {
      nudge().without("org/example/Nudge.class").build(jar("missing.jar"));
      assertThat(refused())
          .hasMessageContaining("missing.jar: it lists the component org.example.Nudge but holds");
    }

    @Test
    void aClassThatNeedsALibraryThatIsNotThere() {
      PluginJarBuilder.plugin("needy", "1.0")
          .compiledAgainst(Condition.class)
          .source(
              PluginSources.ATTACK_CLASS,
              PluginSources.attack(
                  "needy",
                  "Attack<Nudge.Params>",
                  "public Nudge() {} public Nudge(org.assertj.core.api.Condition<?> c) {}",
                  ""))
          .build(jar("needy.jar"));
      assertThat(refused())
          .hasMessageContaining("needy.jar: the component org.example.Nudge cannot be loaded")
          .hasMessageContaining("org/assertj/core/api/Condition")
          .hasMessageContaining("maven-shade-plugin");
    }

    @Test
    void twoPluginsWithOneId() {
      nudge().build(jar("a.jar"));
      PluginJarBuilder.plugin("nudge-plugin", "2.0")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("nudge-two"))
          .build(jar("b.jar"));
      assertThat(refused())
          .hasMessageContaining("b.jar: its Plugin-Id nudge-plugin is taken by ")
          .hasMessageContaining("a.jar");
    }

    @Test
    void twoComponentsWithOneId() {
      nudge().build(jar("a.jar"));
      PluginJarBuilder.plugin("other", "2.0")
          .source(PluginSources.ATTACK_CLASS, PluginSources.attack("nudge"))
          .build(jar("b.jar"));
      assertThat(refused())
          .hasMessageContaining("the attack `nudge` is there twice")
          .hasMessageContaining("nudge-plugin 1.2.3 is " + plugins)
          .hasMessageContaining("other 2.0 is " + plugins);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "io/hone/api/Attack.class",
          "org/pf4j/Plugin.class",
          "org/slf4j/Logger.class",
          "META-INF/versions/21/io/hone/api/Attack.class"
        })
    void aJarThatCarriesWhatHoneProvides(String entry) {
      nudge().entry(entry, "").build(jar("fat.jar"));
      assertThat(refused())
          .hasMessageContaining("fat.jar: it carries " + entry)
          .hasMessageContaining("scope provided");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lib/x.so", "x.so.1.2", "win/x.DLL", "x.dylib", "x.jnilib"})
    void aJarThatCarriesANativeLibrary(String entry) {
      nudge().entry(entry, "").build(jar("native.jar"));
      assertThat(refused())
          .hasMessageContaining("native.jar: it carries the native library " + entry);
    }

    @Test
    void aComponentWithoutAPublicConstructor() {
      PluginJarBuilder.plugin("closed", "1.0")
          .source(
              PluginSources.ATTACK_CLASS,
              PluginSources.attack("closed", "Attack<Nudge.Params>", "private Nudge() {}", ""))
          .build(jar("closed.jar"));
      assertThat(refused())
          .hasMessageContaining("closed.jar")
          .hasMessageContaining("org.example.Nudge")
          .hasMessageContaining("needs a public constructor without arguments");
    }

    @Test
    void aComponentWhoseConstructorThrows() {
      PluginJarBuilder.plugin("thrower", "1.0")
          .source(
              PluginSources.ATTACK_CLASS,
              PluginSources.attack(
                  "thrower",
                  "Attack<Nudge.Params>",
                  "public Nudge() { throw new IllegalStateException(\"boom\"); }",
                  ""))
          .build(jar("thrower.jar"));
      assertThat(refused())
          .hasMessageContaining("thrower.jar")
          .hasMessageContaining("IllegalStateException: boom");
    }

    @Test
    void aClassListedUnderAnInterfaceThatItDoesNotImplement() {
      nudge()
          .without(SERVICES)
          .entry("META-INF/services/io.hone.api.Improver", "org.example.Nudge")
          .build(jar("wrong.jar"));
      assertThat(refused())
          .hasMessageContaining("wrong.jar")
          .hasMessageContaining("it does not implement Improver");
    }

    @Test
    void aPluginClassThatDoesNotStart() {
      nudge()
          .source(
              "org.example.Starter",
              """
              package org.example;
              public class Starter extends %s {
                @Override public void start() { throw new IllegalStateException("no licence"); }
              }
              """
                  .formatted(Plugin.class.getName()))
          .manifest("Plugin-Class", "org.example.Starter")
          .build(jar("starter.jar"));
      assertThat(refused())
          .hasMessageContaining("starter.jar: its plugin class org.example.Starter does not start")
          .hasMessageContaining("no licence");
    }

    @Test
    void aPluginClassThatIsNotThere() {
      nudge().manifest("Plugin-Class", "org.example.Absent").build(jar("starter.jar"));
      assertThat(refused())
          .hasMessageContaining("starter.jar: its plugin class org.example.Absent does not start");
    }

    @Test
    void aPluginThatNeedsAnotherOne() {
      nudge().manifest("Plugin-Dependencies", "absent-plugin").build(jar("dependent.jar"));
      assertThat(refused()).hasMessageContaining("absent-plugin");
    }

    @Test
    void everythingAtOnce() throws IOException {
      Files.writeString(jar("text.jar"), "this is no zip file");
      nudge().without("org/example/Nudge.class").build(jar("missing.jar"));
      nudge().entry("x.so", "").build(jar("native.jar"));
      assertThat(refused()).hasMessageContaining("text.jar").hasMessageContaining("native.jar");
    }
  }

  @Nested
  class OnTheClassPath {
    private PluginHost load(Path jar, Path... pluginFolders) throws IOException {
      URL[] classPath = {jar.toUri().toURL()};
      try (URLClassLoader loader = new URLClassLoader(classPath, getClass().getClassLoader())) {
        return PluginHost.load(List.of(pluginFolders), loader);
      }
    }

    @Test
    void componentsAreHonesOwn() throws IOException {
      try (PluginHost host = load(nudge().build(folder.resolve("own.jar")))) {
        assertThat(host.registry().descriptors(ComponentKind.ATTACK))
            .extracting(ComponentDescriptor::id, ComponentDescriptor::source)
            // The guide's sample is on the class path of these tests too.
            .containsExactly(tuple("nudge", "hone"), tuple("tint", "hone"));
        assertThat(host.plugins()).isEmpty();
      }
    }

    @Test
    void aClassThatIsNotThereIsRefused() {
      Path jar = nudge().without("org/example/Nudge.class").build(folder.resolve("own.jar"));
      assertThatThrownBy(() -> load(jar))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("class path: the listed attacks cannot be loaded")
          .hasMessageContaining("org.example.Nudge");
    }

    @Test
    void aPluginCannotReplaceWhatIsThere() {
      Path jar = nudge().build(folder.resolve("own.jar"));
      nudge().build(jar("nudge.jar"));
      assertThatThrownBy(() -> load(jar, plugins))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("the attack `nudge` is there twice, in hone and in nudge-plugin");
    }
  }

  @Test
  void listsComponentsInTheJarItBuilds() throws IOException {
    try (JarFile jar = new JarFile(nudge().build(jar("nudge.jar")).toFile())) {
      assertThat(jar.getEntry(SERVICES)).isNotNull();
      assertThat(jar.getEntry("org/example/Nudge$Params.class")).isNotNull();
    }
  }
}
