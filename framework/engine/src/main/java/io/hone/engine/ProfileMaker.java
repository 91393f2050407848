package io.hone.engine;

import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.ProfiledImage;
import io.hone.api.data.Dataset;
import io.hone.api.data.Tensor;
import io.hone.api.run.Progress;
import io.hone.engine.MetricProfiles.Need;
import io.hone.engine.context.RunServices;
import io.hone.engine.data.LabelledBatch;
import io.hone.engine.journal.SampleRange;
import io.hone.scenario.Scenario;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** Makes profiles: shows the images to a model once, and each metric what its neurons answer. */
final class ProfileMaker {
  private final Scenario scenario;
  private final Dataset images;
  private final RunServices services;

  ProfileMaker(Scenario scenario, Dataset images, RunServices services) {
    this.scenario = scenario;
    this.images = images;
    this.services = services;
  }

  /**
   * Makes the profiles that some metrics need of one model.
   *
   * @param needs at least one
   * @return in the order of the needs
   * @throws io.hone.api.run.RunCancelledException if the run is cancelled
   */
  List<ActivationProfile> make(List<Need> needs) {
    List<ActivationProfile> profiles = needs.stream().map(Need::empty).toList();
    UnitPool pool = new UnitPool(scenario.threads(), services.cancellation());
    String name = needs.get(0).model().card().name();
    try (Progress shown = services.listener().progress("profile of " + name, images.size())) {
      pool.run(
          pool.units(List.of(new SampleRange(0, images.size())), scenario.batch()),
          unit ->
              () -> {
                List<ActivationProfile> parts = profile(needs, unit);
                synchronized (profiles) {
                  for (int index = 0; index < parts.size(); index++) {
                    profiles.get(index).merge(parts.get(index));
                  }
                  shown.advance(unit.count());
                }
                return unit;
              });
      return profiles;
    } catch (ExecutionException e) {
      throw UnitPool.thrown(e);
    }
  }

  private List<ActivationProfile> profile(List<Need> needs, SampleRange unit) {
    List<ActivationProfile> profiles = needs.stream().map(Need::empty).toList();
    PreparedModel model = needs.get(0).model();
    LabelledBatch read = LabelledBatch.read(images, unit.position(), Math.toIntExact(unit.count()));
    Tensor logits = model.classifier().logits(read.images());
    model
        .inside()
        .orElseThrow()
        .profile(
            read.images(),
            (row, answers) -> {
              ProfiledImage image =
                  new ProfiledImage(
                      read.images().sample(row), read.labels()[row], logits.argmax(row), answers);
              profiles.forEach(profile -> profile.add(image));
            });
    return profiles;
  }
}
