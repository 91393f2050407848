package io.hone.testkit;

import io.hone.api.stability.Stability;
import io.hone.host.component.BoundClassifier;
import io.hone.host.component.BoundComponent;
import io.hone.host.component.BoundImageToImage;
import io.hone.host.component.ComponentKind;
import io.hone.host.component.ComponentRegistry;
import io.hone.host.component.InstalledComponent;
import io.hone.network.Architecture;
import io.hone.network.ClassifierUse;
import io.hone.network.ImageToImageUse;
import io.hone.scenario.binding.ComponentParameters;
import java.util.Map;
import java.util.Set;

/** Architectures of the test's class path, for the parameters of a trainer under test. */
@Stability(value = Stability.Status.INCUBATING, since = "0.1.0")
public final class TestArchitectures {
  private TestArchitectures() {}

  /**
   * Returns an architecture of classifiers with its defaults, ready to build networks.
   *
   * @throws IllegalArgumentException if the class path has no such architecture
   */
  public static ClassifierUse classifier(String id) {
    return classifier(id, Map.of());
  }

  /**
   * Returns an architecture that returns images, with its defaults, ready to build networks.
   *
   * @throws IllegalArgumentException if the class path has no such architecture
   */
  public static ImageToImageUse imageToImage(String id) {
    return imageToImage(id, Map.of());
  }

  /**
   * Returns an architecture of classifiers, ready to build networks.
   *
   * @param parameters plain values by their names in scenarios; the others have their defaults
   * @throws IllegalArgumentException if the class path has no such architecture
   */
  public static ClassifierUse classifier(String id, Map<String, ?> parameters) {
    return new BoundClassifier(bound(id, parameters));
  }

  /**
   * Returns an architecture that returns images, ready to build networks.
   *
   * @param parameters plain values by their names in scenarios; the others have their defaults
   * @throws IllegalArgumentException if the class path has no such architecture
   */
  public static ImageToImageUse imageToImage(String id, Map<String, ?> parameters) {
    return new BoundImageToImage(bound(id, parameters));
  }

  private static BoundComponent<Architecture<Record>> bound(String id, Map<String, ?> parameters) {
    ComponentRegistry registry = InstalledComponents.find(Set.of(ComponentKind.ARCHITECTURE));
    InstalledComponent<Architecture<Record>> found =
        registry
            .<Architecture<Record>>find(ComponentKind.ARCHITECTURE, id)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the class path of the test has no architecture '" + id + "'"));
    return new ComponentParameters(registry).bind(found, parameters);
  }
}
