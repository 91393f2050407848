package io.hone.host.component;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.network.Architecture;
import io.hone.network.Network;

/**
 * Builds networks of an architecture and holds them to what the architecture promises.
 *
 * @param bound the architecture with its parameters
 */
record ArchitecturePromise(BoundComponent<Architecture<Record>> bound) {
  Network classifier(ImageShape images, int classes) {
    Network network = build(images, classes);
    if (!network.returnsFeatures() || network.output().channels() != classes) {
      throw broken(
          "it returns %s where %d logits in a row are needed".formatted(output(network), classes));
    }
    return network;
  }

  Network imageToImage(ImageShape images) {
    Network network = build(images, 0);
    if (network.returnsFeatures()) {
      throw broken("it returns %s where an image is needed".formatted(output(network)));
    }
    if (!network.output().equals(images)) {
      throw new BadInputException(
          "%s makes images of %s from images of %s; give it images whose height and width it can halve and double again"
              .formatted(name(), network.output(), images));
    }
    return network;
  }

  private Network build(ImageShape images, int classes) {
    try {
      return Network.of(
          images, image -> bound.instance().build(bound.parameters(), image, classes));
    } catch (BadInputException e) {
      throw new BadInputException(
          "%s takes no images of %s: %s; train on other images, or name another architecture"
              .formatted(name(), images, e.getMessage()),
          e);
    } catch (IllegalArgumentException e) {
      throw broken(String.valueOf(e.getMessage()));
    }
  }

  private static String output(Network network) {
    return network.returnsFeatures()
        ? network.output().channels() + " features"
        : "images of " + network.output();
  }

  private BadInputException broken(String problem) {
    return new BadInputException(
        name() + " makes no network: " + problem + ". This is a defect of the architecture");
  }

  /** Returns the architecture's name, with its plugin where a plugin brings it. */
  private String name() {
    ComponentDescriptor descriptor = bound.descriptor();
    return "the architecture "
        + descriptor.id()
        + (descriptor.isBuiltIn() ? "" : " of " + descriptor.source());
  }
}
