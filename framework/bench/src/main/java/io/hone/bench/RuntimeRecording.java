package io.hone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records how long Hone's worker threads are inside ONNX Runtime: the events that Hone's own
 * sessions leave in Java Flight Recorder, so the path that is measured is the one that users run.
 */
final class RuntimeRecording implements AutoCloseable {
  private static final String MODEL_RUN = "io.hone.ModelRun";
  private static final String WORKER = "hone-worker";

  private final Recording recording = new Recording();

  /** Starts recording. */
  RuntimeRecording() {
    recording.enable(MODEL_RUN).withoutThreshold();
    recording.start();
  }

  /**
   * Stops recording.
   *
   * @param file to keep the events in
   * @return the time that all threads together were inside
   */
  double stop(Path file) throws IOException {
    recording.stop();
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
            .filter(RuntimeRecording::isWork)
            .map(RecordedEvent::getDuration)
            .reduce(Duration.ZERO, Duration::plus)
            .toNanos()
        / 1e9;
  }

  private static boolean isWork(RecordedEvent event) {
    return event.getEventType().getName().equals(MODEL_RUN)
        && event.getThread().getJavaName().equals(WORKER);
  }

  @Override
  public void close() {
    recording.close();
  }
}
