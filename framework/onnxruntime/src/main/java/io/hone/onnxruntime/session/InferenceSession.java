package io.hone.onnxruntime.session;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.hone.api.data.Tensor;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A model loaded into ONNX Runtime. Any number of threads may run it side by side; each run uses
 * the calling thread alone. Values go in and come out in the callers' own memory, uncopied.
 */
public final class InferenceSession implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OpenHandles loaded = new OpenHandles();

  /** Runs hold it shared, closing holds it alone: ONNX Runtime would free what a run still uses. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * Loads a serialized model.
   *
   * @param planned whether a run takes its memory in one piece once it knows how much that is. Else
   *     each value is a piece of its own, which threads side by side take from each other's caches:
   *     three times slower, for seconds at a time, in a small model. The plan is kept beside what
   *     the first run took, so a large one takes twice the memory, and is no faster
   */
  public InferenceSession(byte[] model, ExecutionTarget target, boolean planned)
      throws OrtException {
    environment = environment();
    try (SessionOptions options = new SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setOptimizationLevel(SessionOptions.OptLevel.ALL_OPT);
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      Fusions.disable(options);
      options.setMemoryPatternOptimization(planned);
      target.configure(options);
      session = loaded.keep(environment.createSession(model, options));
    }
  }

  /**
   * Returns the process's one environment. It says nothing on its own: whatever goes wrong arrives
   * as an exception, which Hone words for its users. Nor does it report to its maker.
   */
  public static OrtEnvironment environment() throws OrtException {
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "hone");
    environment.setTelemetry(false);
    return environment;
  }

  /**
   * Runs the model.
   *
   * @param outputs the graph's outputs wanted, written in place; every shape is what the graph
   *     gives
   */
  public void run(Feed feed, Map<String, Tensor> outputs) throws OrtException {
    open.readLock().lock();
    try (OpenHandles handles = new OpenHandles()) {
      requireOpen();
      Map<String, OnnxTensor> given = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> input : feed.tensors().entrySet()) {
        given.put(input.getKey(), handles.keep(value(input.getValue())));
      }
      for (Map.Entry<String, int[]> input : feed.classes().entrySet()) {
        given.put(input.getKey(), handles.keep(value(input.getValue())));
      }
      Map<String, OnnxTensor> wanted = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> output : outputs.entrySet()) {
        wanted.put(output.getKey(), handles.keep(value(output.getValue())));
      }
      ModelRunEvent event = new ModelRunEvent();
      event.begin();
      handles.keep(session.run(given, wanted));
      event.commit();
    } finally {
      open.readLock().unlock();
    }
  }

  /** Runs the model on one input and returns the shapes of all outputs by their names. */
  public Map<String, long[]> outputShapes(String input, Tensor given) throws OrtException {
    open.readLock().lock();
    try (OpenHandles handles = new OpenHandles()) {
      requireOpen();
      OnnxTensor images = handles.keep(value(given));
      OrtSession.Result result = handles.keep(session.run(Map.of(input, images)));
      Map<String, long[]> shapes = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        shapes.put(output.getKey(), ((OnnxTensor) output.getValue()).getInfo().getShape());
      }
      return shapes;
    } finally {
      open.readLock().unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the model is closed");
    }
  }

  /** Waits for the runs under way and frees the model; closing again does nothing. */
  @Override
  public void close() {
    open.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        loaded.close();
      }
    } finally {
      open.writeLock().unlock();
    }
  }

  /** Returns a value in the caller's own memory. */
  private OnnxTensor value(Tensor tensor) throws OrtException {
    long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
    return OnnxTensor.createTensor(environment, tensor.buffer(), shape);
  }

  private OnnxTensor value(int[] classes) throws OrtException {
    LongBuffer wide = LongBuffer.allocate(classes.length);
    for (int value : classes) {
      wide.put(value);
    }
    return OnnxTensor.createTensor(environment, wide.flip(), new long[] {classes.length});
  }
}
