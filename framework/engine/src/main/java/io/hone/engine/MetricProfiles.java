package io.hone.engine;

import io.hone.api.BadInputException;
import io.hone.api.DatasetRequest;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.data.Dataset;
import io.hone.api.data.ImageShape;
import io.hone.api.metric.Metric;
import io.hone.api.run.Setting;
import io.hone.engine.activation.ObservedLayers;
import io.hone.engine.activation.ProfileFiles;
import io.hone.engine.context.RunServices;
import io.hone.engine.data.SelectedDataset;
import io.hone.engine.data.VerifiedDataset;
import io.hone.engine.model.ModelImages;
import io.hone.host.component.BoundComponent;
import io.hone.scenario.DatasetChoice;
import io.hone.scenario.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What metrics know of the models under test from the images of the scenario's profile. Closing it
 * closes these images.
 */
final class MetricProfiles implements AutoCloseable {
  private static final String PLACE = "profile";
  private static final String FOLDER = "activation-profiles";

  /** Profiles of an earlier layout are made again. */
  private static final int FORMAT = 1;

  /** A metric that may need a profile of a model. */
  record Need(PreparedModel model, BoundComponent<Metric<Record>> metric, Setting setting) {
    ActivationProfile empty() {
      return metric.instance().profile(metric.parameters(), setting);
    }

    Key key() {
      return new Key(model.clean(), metric.descriptor().id());
    }
  }

  private record Key(String clean, String metric) {}

  private final Scenario scenario;
  private final List<Need> needs;
  private final Optional<Dataset> images;
  private final Map<Key, ActivationProfile> made = new HashMap<>();

  private MetricProfiles(Scenario scenario, List<Need> needs, Optional<Dataset> images) {
    this.scenario = scenario;
    this.needs = needs;
    this.images = images;
  }

  /**
   * Finds which profiles are needed, and opens the images that they are made of.
   *
   * @throws BadInputException if there are none, they do not fit, or nobody needs them
   */
  static MetricProfiles open(
      Scenario scenario, List<PreparedModel> models, Setting setting, RunServices services) {
    List<Need> needs = new ArrayList<>();
    for (PreparedModel model : models) {
      for (BoundComponent<Metric<Record>> metric : scenario.metrics()) {
        Need need = new Need(model, metric, model.seen(metric, setting));
        boolean needed =
            scenario.places().placing(scenario.place(metric), need::empty)
                != ActivationProfile.NONE;
        if (needed) {
          needs.add(need);
        }
      }
    }
    if (needs.isEmpty()) {
      if (scenario.profile().isPresent()) {
        throw scenario
            .places()
            .error(
                PLACE,
                "none of the metrics needs a profile",
                "remove it, or ask a metric for a figure that needs one, such as the criterion nbc of coverage");
      }
      return new MetricProfiles(scenario, needs, Optional.empty());
    }
    DatasetChoice choice =
        scenario.profile().orElseThrow(() -> noProfile(scenario, needs.get(0).metric()));
    Dataset images =
        scenario
            .places()
            .placing(PLACE, () -> images(choice, models.get(0), setting.shape(), services));
    return new MetricProfiles(scenario, needs, Optional.of(images));
  }

  private static BadInputException noProfile(
      Scenario scenario, BoundComponent<Metric<Record>> metric) {
    return scenario
        .places()
        .error(
            scenario.place(metric),
            "the metric %s compares with what neurons answer to ordinary images, and the scenario names none"
                .formatted(metric.descriptor().id()),
            "add a profile beside the metrics, best the training images: profile: {use: %s, with: {...}}"
                .formatted(scenario.dataset().descriptor().id()));
  }

  private static Dataset images(
      DatasetChoice choice, PreparedModel model, ImageShape shape, RunServices services) {
    DatasetRequest request =
        ModelImages.request(model.tested().choice().card(), services.models()).ofShape(shape);
    Dataset opened = VerifiedDataset.open(choice.provider(), request, services);
    try {
      Dataset selected = SelectedDataset.of(opened, choice.selection());
      if (!selected.shape().equals(shape)) {
        throw new BadInputException(
            "the images of the profile are %s, and those of the scenario %s; a profile has images of the same size"
                .formatted(selected.shape(), shape));
      }
      selected.check(0, selected.size());
      return selected;
    } catch (RuntimeException | Error failure) {
      opened.close();
      throw failure;
    }
  }

  /** Returns what the results depend on beside the scenario: the content of the images. */
  List<String> contents() {
    return images.map(Dataset::fingerprint).stream().toList();
  }

  /**
   * Reads every profile that an earlier run kept, and makes and keeps the others.
   *
   * @throws BadInputException if an image cannot be read, or a kept file is of something else
   */
  void make(RunServices services) {
    ProfileFiles files = new ProfileFiles(services.dataFolder().resolve(FOLDER));
    Map<String, List<Need>> missing = new LinkedHashMap<>();
    for (Need need : needs) {
      Optional<ActivationProfile> kept = kept(need, files, services);
      kept.ifPresent(profile -> made.put(need.key(), profile));
      if (kept.isEmpty()) {
        missing.computeIfAbsent(need.model().clean(), model -> new ArrayList<>()).add(need);
      }
    }
    for (List<Need> ofModel : missing.values()) {
      ProfileMaker maker = new ProfileMaker(scenario, images.orElseThrow(), services);
      List<ActivationProfile> profiles = maker.make(ofModel);
      for (int index = 0; index < profiles.size(); index++) {
        made.put(ofModel.get(index).key(), profiles.get(index));
        keep(ofModel.get(index), profiles.get(index), files, services);
      }
    }
  }

  private Optional<ActivationProfile> kept(Need need, ProfileFiles files, RunServices services) {
    Map<String, Object> of = dependencies(need);
    try {
      return files.read(of, need::empty);
    } catch (IOException unreadable) {
      services
          .listener()
          .notice(
              "the profile in %s cannot be used (%s); it is made again"
                  .formatted(files.file(of), unreadable.getMessage()));
      return Optional.empty();
    }
  }

  private void keep(
      Need need, ActivationProfile profile, ProfileFiles files, RunServices services) {
    if (need.model().inside().filter(ObservedLayers::sawNan).isPresent()) {
      // A run that finds its profile would not raise the flag again.
      return;
    }
    try {
      files.write(dependencies(need), profile);
    } catch (IOException unwritable) {
      services
          .listener()
          .notice(
              "the profile cannot be kept for other runs: %s (give another folder of data with --data-dir)"
                  .formatted(unwritable.getMessage()));
    }
  }

  /** Everything that a profile depends on, by the names that users know it by. */
  private Map<String, Object> dependencies(Need need) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("format", FORMAT);
    parts.put("model", need.model().card().sha256());
    parts.put("model's input", need.model().card().input().toString());
    parts.put("backend", need.model().backend() + " on " + need.model().device());
    parts.put(
        "metric", need.metric().descriptor().id() + " of " + need.metric().descriptor().source());
    parts.put("parameters of the metric", need.metric().effective());
    parts.put("layers", need.setting().layers());
    parts.put("images", Objects.requireNonNull(scenario.effective().get(PLACE)));
    parts.put("content of the images", images.orElseThrow().fingerprint());
    return parts;
  }

  /**
   * Returns what a metric knows of a model, once it is made; {@link ActivationProfile#NONE} for a
   * metric that needs none.
   */
  ActivationProfile of(PreparedModel model, BoundComponent<Metric<Record>> metric) {
    return made.getOrDefault(
        new Key(model.clean(), metric.descriptor().id()), ActivationProfile.NONE);
  }

  @Override
  public void close() {
    images.ifPresent(Dataset::close);
  }
}
