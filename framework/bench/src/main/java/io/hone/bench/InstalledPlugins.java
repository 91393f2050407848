package io.hone.bench;

import io.hone.Hone;
import io.hone.HoneBuilder;
import io.hone.plugins.blackbox.square.SquareAttack;
import io.hone.plugins.coverage.NeuronCoverage;
import io.hone.plugins.datasets.mnist.Mnist;
import io.hone.plugins.ensembles.AutoAttack;
import io.hone.plugins.gradient.ProjectedGradientDescent;
import io.hone.plugins.improvers.Greedy;
import io.hone.plugins.optimization.cw.CarliniWagnerL2;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The plugins that scenarios use here, loaded the way an installed Hone loads them: each from its
 * jar in a class loader of its own, every call across the boundary that is there.
 */
final class InstalledPlugins {
  private static final List<Class<?>> ONE_CLASS_OF_EACH =
      List.of(
          Mnist.class,
          ProjectedGradientDescent.class,
          CarliniWagnerL2.class,
          SquareAttack.class,
          AutoAttack.class,
          NeuronCoverage.class,
          Greedy.class);

  private InstalledPlugins() {}

  /** Begins to open a Hone with the plugins. */
  static HoneBuilder builder() {
    List<URL> jars =
        ONE_CLASS_OF_EACH.stream()
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .toList();
    return Hone.builder()
        .plugins(jars.stream().map(InstalledPlugins::file).toArray(Path[]::new))
        .classLoader(new WithoutPlugins(jars));
  }

  private static Path file(URL jar) {
    try {
      return Path.of(jar.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Hides what the plugins list in {@code META-INF/services}: they are on this module's class path
   * too, and would be there twice.
   */
  private static final class WithoutPlugins extends ClassLoader {
    private final List<URL> jars;

    WithoutPlugins(List<URL> jars) {
      super(InstalledPlugins.class.getClassLoader());
      this.jars = jars;
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      Stream<URL> all = Collections.list(super.getResources(name)).stream();
      return Collections.enumeration(all.filter(url -> !inPlugin(url)).toList());
    }

    private boolean inPlugin(URL resource) {
      return jars.stream().anyMatch(jar -> resource.toString().contains(jar + "!"));
    }
  }
}
