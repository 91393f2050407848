package io.hone.onnxruntime.fuzz;

import io.hone.onnx.canonical.CanonicalForm;
import io.hone.onnx.gradient.Coverage;
import io.hone.onnx.gradient.GradientGraph;
import io.hone.onnx.gradient.LogitsFinder;
import io.hone.onnx.gradient.UncoveredOperatorException;
import io.hone.onnx.graph.OnnxFormatException;
import io.hone.onnx.graph.OnnxModel;
import io.hone.onnx.opset.OpsetException;
import io.hone.onnx.opset.OpsetRaiser;
import io.hone.onnx.shape.Shapes;
import io.hone.onnx.simplify.Simplifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Lets every part of the library look at a model. Each part ends in time, in success or in one of
 * the library's own exceptions, whose message names the model.
 */
final class Examination implements AutoCloseable {
  /** Far above what any part takes; a busy machine must not fail a test. */
  private static final long SECONDS = 30;

  private static final String NAME = "odd.onnx";

  private final List<String> problems = new ArrayList<>();
  private ExecutorService worker = worker();

  private static ExecutorService worker() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread thread = new Thread(task, "examination");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Examines a file's bytes; returns whether the library took them for a model. */
  boolean accepts(byte[] bytes, String what) {
    return accepts(() -> OnnxModel.parse(bytes, NAME), NAME, what);
  }

  /**
   * Examines a model.
   *
   * @param read reads it
   * @param name with which every message begins
   * @param what was done to it
   */
  boolean accepts(Supplier<OnnxModel> read, String name, String what) {
    Future<Boolean> result = worker.submit(() -> examine(read, name));
    try {
      return result.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      problems.add(what + ": " + described(e.getCause()));
    } catch (TimeoutException e) {
      problems.add(what + ": takes more than " + SECONDS + " s");
      worker.shutdownNow();
      worker = worker();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
    return false;
  }

  private static String described(Throwable problem) {
    String place =
        Arrays.stream(problem.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("io.hone"))
            .limit(3)
            .map(frame -> "\n    " + frame)
            .collect(Collectors.joining());
    return problem + place;
  }

  /** Returns what ended otherwise than it must. */
  List<String> problems() {
    return problems;
  }

  private static boolean examine(Supplier<OnnxModel> read, String name) {
    List<OnnxModel> models = new ArrayList<>();
    attempt(name, () -> models.add(read.get()));
    if (models.isEmpty()) {
      return false;
    }
    OnnxModel model = models.get(0);
    String input = model.inputs().get(0).name();
    String output = model.outputs().get(0).name();
    attempt(name, () -> CanonicalForm.of(model));
    attempt(name, () -> Shapes.of(OpsetRaiser.raise(CanonicalForm.of(model).model())));
    attempt(name, () -> Simplifier.forInference(model));
    attempt(name, () -> LogitsFinder.find(model, output));
    attempt(name, () -> Coverage.of(model, input, output));
    attempt(name, () -> GradientGraph.of(model).input(input).logits(output).build());
    return true;
  }

  private static void attempt(String name, Runnable part) {
    try {
      part.run();
    } catch (OnnxFormatException | OpsetException | UncoveredOperatorException e) {
      if (e.getMessage() == null || !e.getMessage().startsWith(name + ": ")) {
        throw new AssertionError("a message that does not name the model", e);
      }
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }
}
