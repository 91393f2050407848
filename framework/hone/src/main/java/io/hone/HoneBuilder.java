package io.hone;

import io.hone.api.BadInputException;
import io.hone.api.stability.Stability;
import io.hone.engine.context.RunListener;
import io.hone.engine.context.Silence;
import io.hone.host.plugin.PluginHost;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects how a {@link Hone} is opened. It may open several; what it collects later does not
 * change those that are open.
 */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class HoneBuilder {
  private final List<Path> plugins = new ArrayList<>();
  private ClassLoader classLoader = Hone.class.getClassLoader();
  private Path home = Path.of("").toAbsolutePath();
  private Optional<Path> dataFolder = Optional.empty();
  private Path workFolder = Path.of("runs").toAbsolutePath();
  private RunListener listener = Silence.INSTANCE;
  private MeterRegistry meters = new SimpleMeterRegistry();
  private int threads = Runtime.getRuntime().availableProcessors();
  private String version = "development";

  HoneBuilder() {}

  /** Adds plugin jars, or folders that hold plugin jars. */
  public HoneBuilder plugins(Path... jarsOrFolders) {
    plugins.addAll(List.of(jarsOrFolders));
    return this;
  }

  /** Names the class loader whose {@code META-INF/services} tell the other components. */
  public HoneBuilder classLoader(ClassLoader loader) {
    classLoader = loader;
    return this;
  }

  /** Names the folder where paths of scenarios are looked for that are not beside the file. */
  public HoneBuilder home(Path folder) {
    home = folder.toAbsolutePath();
    return this;
  }

  /** Names the folder of data sets; else {@code HONE_DATA_DIR}, or the user's cache. */
  public HoneBuilder dataFolder(Path folder) {
    dataFolder = Optional.of(folder);
    return this;
  }

  /** Names the folder for results and checkpoints; else {@code runs}. */
  public HoneBuilder workFolder(Path folder) {
    workFolder = folder.toAbsolutePath();
    return this;
  }

  /** Shows progress and notices; without this they are not shown. */
  public HoneBuilder listener(RunListener shown) {
    listener = shown;
    return this;
  }

  /** Takes the operational meters. */
  public HoneBuilder meters(MeterRegistry registry) {
    meters = registry;
    return this;
  }

  /** Grants threads to work on images that a program holds; else one per core. */
  public HoneBuilder threads(int count) {
    threads = (int) Checks.positive("threads", count);
    return this;
  }

  /** Tells the version for the results. */
  public HoneBuilder version(String text) {
    version = text;
    return this;
  }

  /**
   * Opens Hone.
   *
   * @throws BadInputException with everything that is wrong with the plugins
   */
  public Hone open() {
    HoneSettings settings =
        new HoneSettings(
            plugins, classLoader, home, dataFolder, workFolder, listener, meters, threads, version);
    return new Hone(settings, PluginHost.load(settings.plugins(), settings.classLoader()));
  }
}
