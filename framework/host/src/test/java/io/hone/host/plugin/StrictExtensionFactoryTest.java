package io.hone.host.plugin;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.pf4j.PluginRuntimeException;

class StrictExtensionFactoryTest {
  /** A component whose class cannot be used: the JVM hands on an error of its initialiser as is. */
  public static final class Deep {
    static final int DEPTH = depth(0);

    /** Creates the component. */
    public Deep() {}

    private static int depth(int level) {
      throw new StackOverflowError("level " + level);
    }
  }

  @Test
  void anErrorOfAStaticInitialiserIsTold() {
    assertThatThrownBy(() -> new StrictExtensionFactory().create(Deep.class))
        .isInstanceOf(PluginRuntimeException.class)
        .hasMessageContaining("static initialiser throws")
        .hasMessageContaining("level 0");
  }
}
