package io.hone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.data.Tensor;
import io.hone.api.run.Progress;
import io.hone.engine.context.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever a program does wrong ends in a {@link BadInputException} that tells what and why. */
class BadUseTest {
  private static Hone hone;
  private static Model model;

  @BeforeAll
  static void open() {
    hone = Hone.open();
    model = hone.model(Digits.LENET);
  }

  @AfterAll
  static void close() {
    hone.close();
  }

  private static void refused(Runnable use, String... words) {
    assertThatThrownBy(use::run)
        .isInstanceOf(BadInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(words));
  }

  private static Tensor grey(int count, int side) {
    return Tensor.images(count, new ImageShape(1, side, side));
  }

  @Test
  void refusesWhatIsNotInstalled() {
    refused(() -> hone.attack("pdg", Map.of()), "no attack 'pdg'", "did you mean 'pgd'");
    refused(() -> hone.improver("pgd", Map.of()), "no improver 'pgd'", "installed are", "greedy");
  }

  @Test
  void refusesWrongParametersAsScenariosDoButWithoutPlaces() {
    refused(
        () -> hone.attack("pgd", Map.of("epsilonn", 0.1, "steps", 0)),
        "parameters of attack 'pgd': ",
        "did you mean 'epsilon'",
        "steps",
        "2 errors");
    refused(() -> hone.attack("pgd", Map.of("epsilon", 8)), "8", "255");
    refused(() -> hone.attack("pgd", Map.of("epsilon", new Object())), "java.lang.Object");
  }

  @Test
  void refusesWrongImages() {
    AttackPlan fgsm = hone.attack("fgsm", Map.of());
    refused(() -> fgsm.run(model, Tensor.zeros(2, 784), new int[2]), "2 axes", "[N, C, H, W]");
    refused(() -> fgsm.run(model, grey(0, 28), new int[0]), "no images");
    refused(() -> fgsm.run(model, grey(2, 28), new int[3]), "2 images have 3 labels");
    refused(() -> fgsm.run(model, grey(2, 32), new int[2]), "1x32x32", "28");
    refused(() -> fgsm.run(model, grey(2, 28), new int[] {0, 10}), "label 10", "0 to 9");
    Tensor bytes = grey(1, 28);
    bytes.set(0, 5, 200);
    refused(() -> fgsm.run(model, bytes, new int[1]), "200", "divide", "255");
    Tensor nothing = grey(1, 28);
    nothing.set(0, 5, Float.NaN);
    refused(() -> fgsm.run(model, nothing, new int[1]), "NaN", "[0, 1]");
    refused(() -> model.predict(grey(1, 32)), "32", "28");
    refused(() -> fgsm.queries(0), "queries", "at least 1");
  }

  @Test
  void refusesModelsThatAreNotThere(@TempDir Path folder) throws Exception {
    Model missing = hone.model(folder.resolve("none.onnx"));
    refused(missing::card, "none.onnx");
    Files.writeString(folder.resolve("text.onnx"), "no model");
    refused(() -> hone.model(folder.resolve("text.onnx")).card(), "text.onnx");
  }

  @Test
  void refusesAPluginFolderThatIsNotThere(@TempDir Path folder) {
    refused(() -> Hone.builder().plugins(folder.resolve("plugins")).open().close(), "plugins");
  }

  @Test
  void refusesUseAfterCloseAndClosesOnce() {
    Hone closed = Hone.open();
    Model model = closed.model(Digits.LENET);
    AttackPlan fgsm = closed.attack("fgsm", Map.of());
    Workbench workbench = closed.workbench(Workbench.Settings.quiet());
    closed.close();
    closed.close();
    refused(() -> closed.attack("fgsm", Map.of()), "was closed", "Hone.open()");
    refused(() -> fgsm.run(model, grey(1, 28), new int[1]), "was closed");
    refused(model::card, "was closed");
    refused(() -> closed.validate(Path.of("x.yaml")), "was closed");
    refused(() -> workbench.run(0), "was closed");
    refused(() -> workbench.quietClassifier(Digits.LENET), "was closed");
    workbench.close();
  }

  @Test
  void refusesToCloseWithinItsOwnWork() {
    AtomicReference<Hone> self = new AtomicReference<>();
    RunListener closing = mock();
    given(closing.progress(any(), anyLong()))
        .will(
            call -> {
              self.get().close();
              return Progress.silent();
            });
    try (Hone own = Hone.builder().listener(closing).open()) {
      self.set(own);
      refused(
          () ->
              own.attack("fgsm", Map.of()).run(own.model(Digits.LENET), grey(1, 28), new int[] {1}),
          "cannot be closed from within");
    }
  }
}
