package io.hone.onnxruntime.fuzz;

import io.hone.api.BadInputException;
import io.hone.api.data.ImageBatch;
import io.hone.api.data.Tensor;
import io.hone.api.model.Classifier;
import io.hone.api.model.DifferentiableClassifier;
import io.hone.api.model.Loss;
import io.hone.api.model.ModelCard;
import io.hone.onnxruntime.OnnxRuntimeBackend;
import io.hone.testkit.TestRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Opens and runs models in a process of its own, which a crash of native code would end alone.
 * Prints what it begins and how it ends.
 */
final class BackendChild {
  /** Far above what any model here takes. */
  private static final int SECONDS = 60;

  static final int TOO_SLOW = 3;

  private static final int EDGE = 8;

  private final PrintStream out = System.out;
  private volatile long began = System.nanoTime();

  /** Takes the files to open. */
  public static void main(String[] arguments) throws IOException {
    new BackendChild().openAll(Files.readAllLines(Path.of(arguments[0])));
  }

  private void openAll(List<String> files) {
    Thread watch = new Thread(this::watch, "watch");
    watch.setDaemon(true);
    watch.start();
    for (String file : files) {
      out.println("begin " + file);
      began = System.nanoTime();
      out.println("end " + file + ": " + outcome(Path.of(file)));
    }
    out.println("all done");
  }

  private void watch() {
    while (System.nanoTime() - began < SECONDS * 1_000_000_000L) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        return;
      }
    }
    Runtime.getRuntime().halt(TOO_SLOW);
  }

  private static String outcome(Path file) {
    try {
      OnnxRuntimeBackend backend = new OnnxRuntimeBackend();
      ModelCard card = backend.describe(file).orElseThrow();
      TestRun run = new TestRun(1);
      try (Classifier classifier =
          backend.openClassifier(OnnxRuntimeBackend.Params.CPU, card, run)) {
        int high = card.input().height().orElse(EDGE);
        int wide = card.input().width().orElse(EDGE);
        Tensor images = Tensor.zeros(2, card.input().channels(), high, wide);
        ImageBatch batch = new ImageBatch(images, new long[] {0, 1});
        classifier.logits(batch);
        if (classifier instanceof DifferentiableClassifier differentiable) {
          differentiable.lossGradient(batch, Loss.crossEntropy(true), new int[2]);
          return "differentiated";
        }
        return "classified";
      }
    } catch (BadInputException e) {
      return e.getMessage().startsWith(file.toString()) ? "refused" : "refused, " + e.getMessage();
    } catch (RuntimeException | Error e) {
      StackTraceElement[] frames = e.getStackTrace();
      return "PROBLEM " + e + (frames.length == 0 ? "" : " at " + frames[0]);
    }
  }
}
