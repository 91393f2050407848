package io.hone.engine.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.hone.api.model.ModelCard;
import io.hone.api.run.Run;
import io.hone.engine.data.LabelSurvey;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CleanAccuracyTest {
  private static final int CLASSES = 10;

  private final List<String> told = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({"98, false", "93, false", "80, true", "60, true"})
  void isToldWhereItIsFarBelowTheCards(int correct, boolean isTold) {
    judge(correct, 100, CLASSES, true, 0.98);

    if (isTold) {
      assertThat(told)
          .singleElement()
          .asString()
          .startsWith("notice")
          .contains(correct + " of 100 clean images", "a test accuracy of 98.0 %", "BGR");
    } else {
      assertThat(told).isEmpty();
    }
  }

  @Test
  void someClassesMayBeHarderThanAll() {
    judge(80, 100, 1, true, 0.98);
    assertThat(told).isEmpty();

    judge(50, 100, 1, true, 0.98);
    assertThat(told).hasSize(1);
  }

  @Test
  void aCardByHandRecordsTheAccuracyWithoutFigures() {
    new CleanAccuracy(60, 100, CLASSES)
        .judge(card(Map.of("test_accuracy", 0.98)), true, new LabelSurvey(100, 0, CLASSES), run());
    assertThat(told).singleElement().asString().contains("a test accuracy of 98.0 %");
  }

  @Test
  void fewImagesTellNothing() {
    judge(2, 4, CLASSES, true, 0.98);

    assertThat(told).isEmpty();
  }

  @Test
  void aGuessIsDistrustedWithoutACardAndTellableWithOne() {
    judge(11, 100, CLASSES, false, 0);
    judge(11, 100, CLASSES, true, 0.98);

    assertThat(told).hasSize(2);
    assertThat(told.get(0)).startsWith("distrust").contains("hone model card net.onnx");
    assertThat(told.get(1)).startsWith("notice").contains("guessing among 10 classes");
  }

  @ParameterizedTest
  @CsvSource({"30, 100", "0, 3", "3, 10", "100, 100"})
  void whatIsBetterThanAGuessOrTooLittleToTellIsNone(int correct, int samples) {
    judge(correct, samples, CLASSES, false, 0);

    assertThat(told).isEmpty();
  }

  private void judge(int correct, int samples, int classesSeen, boolean withCard, double recorded) {
    new CleanAccuracy(correct, samples, CLASSES)
        .judge(card(recorded), withCard, new LabelSurvey(samples, 0, classesSeen), run());
  }

  private static ModelCard card(double accuracy) {
    return card(accuracy == 0 ? Map.of() : Map.of("figures", Map.of("test_accuracy", accuracy)));
  }

  private static ModelCard card(Map<String, Object> training) {
    return new ModelCard("net", Path.of("net.onnx"), "0", null, null, null, training);
  }

  /** Only notices and flags matter here. */
  private Run run() {
    return (Run)
        Proxy.newProxyInstance(
            Run.class.getClassLoader(),
            new Class<?>[] {Run.class},
            (proxy, method, arguments) -> {
              told.add(method.getName() + " " + arguments[0]);
              return null;
            });
  }
}
