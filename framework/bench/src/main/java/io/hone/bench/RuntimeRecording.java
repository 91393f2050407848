package io.hone.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Records which share of an attack's own time is spent inside ONNX Runtime: the events that Hone
 * itself leaves in Java Flight Recorder, so the path that is measured is the one that users run.
 */
final class RuntimeRecording implements AutoCloseable {
  private static final String MODEL_RUN = "io.hone.ModelRun";
  private static final String COMPONENT_CALL = "io.hone.ComponentCall";

  private final Recording recording = new Recording();

  /** Starts recording. */
  RuntimeRecording() {
    recording.enable(MODEL_RUN).withoutThreshold();
    recording.enable(COMPONENT_CALL).withoutThreshold();
    recording.start();
  }

  /**
   * Stops recording.
   *
   * @param file to keep the events in
   * @return of the time that threads were in the attack, how much they were inside ONNX Runtime
   */
  double stop(Path file) throws IOException {
    recording.stop();
    recording.dump(file);
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecordedEvent> calls = named(COMPONENT_CALL, events);
    // The verdicts' own runs are outside of every call.
    List<RecordedEvent> runs =
        named(MODEL_RUN, events).stream()
            .filter(run -> calls.stream().anyMatch(call -> contains(call, run)))
            .toList();
    return seconds(runs) / seconds(calls);
  }

  private static List<RecordedEvent> named(String name, List<RecordedEvent> events) {
    return events.stream().filter(event -> event.getEventType().getName().equals(name)).toList();
  }

  private static boolean contains(RecordedEvent call, RecordedEvent run) {
    return call.getThread().getId() == run.getThread().getId()
        && !run.getStartTime().isBefore(call.getStartTime())
        && !run.getEndTime().isAfter(call.getEndTime());
  }

  private static double seconds(List<RecordedEvent> events) {
    return events.stream()
            .map(RecordedEvent::getDuration)
            .reduce(Duration.ZERO, Duration::plus)
            .toNanos()
        / 1e9;
  }

  @Override
  public void close() {
    recording.close();
  }
}
