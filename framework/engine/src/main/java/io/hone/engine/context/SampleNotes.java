package io.hone.engine.context;

import io.hone.host.figure.FrameworkFigures;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a component noted of one sample while it worked on it. */
public final class SampleNotes {
  private final Map<String, Double> figures = new TreeMap<>();
  private @Nullable String flag;
  private @Nullable String obstacle;
  private @Nullable String credited;
  private final Map<String, PartQueries> parts = new TreeMap<>();

  synchronized void figure(String name, double value) {
    if (FrameworkFigures.isTaken(name)) {
      throw new IllegalArgumentException(
          "the figure `" + name + "` is one that Hone gives itself; record it by another name");
    }
    figures.put(name, value);
  }

  public synchronized void flag(String reason) {
    flag = reason;
  }

  synchronized void giveUp(String reason) {
    obstacle = reason;
  }

  synchronized void credit(String part) {
    credited = part;
  }

  /** Takes in what a part of the component's work asked about the sample. */
  public synchronized void asked(String part, PartQueries queries) {
    parts.put(part, queries);
  }

  /** Writes everything noted. */
  public synchronized void write(DataOutput output) throws IOException {
    output.writeInt(figures.size());
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      output.writeUTF(figure.getKey());
      output.writeDouble(figure.getValue());
    }
    writeText(output, flag);
    writeText(output, obstacle);
    writeText(output, credited);
    output.writeInt(parts.size());
    for (Map.Entry<String, PartQueries> part : parts.entrySet()) {
      output.writeUTF(part.getKey());
      part.getValue().write(output);
    }
  }

  private static void writeText(DataOutput output, @Nullable String text) throws IOException {
    output.writeBoolean(text != null);
    if (text != null) {
      output.writeUTF(text);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static SampleNotes read(DataInput input) throws IOException {
    SampleNotes notes = new SampleNotes();
    int count = input.readInt();
    for (int index = 0; index < count; index++) {
      notes.figures.put(input.readUTF(), input.readDouble());
    }
    notes.flag = input.readBoolean() ? input.readUTF() : null;
    notes.obstacle = input.readBoolean() ? input.readUTF() : null;
    notes.credited = input.readBoolean() ? input.readUTF() : null;
    int askedParts = input.readInt();
    for (int index = 0; index < askedParts; index++) {
      notes.parts.put(input.readUTF(), PartQueries.read(input));
    }
    return notes;
  }

  public synchronized Map<String, Double> figures() {
    return Map.copyOf(figures);
  }

  /** Returns what the sample's row says, whatever came of it. */
  public synchronized Optional<String> flag() {
    return Optional.ofNullable(flag);
  }

  /** Returns the part of the component's work that made the emitted image. */
  public synchronized Optional<String> credited() {
    return Optional.ofNullable(credited);
  }

  /** Returns what the parts of the component's work asked about the sample, by their names. */
  public synchronized Map<String, PartQueries> parts() {
    return Map.copyOf(parts);
  }

  /** Returns why the component gave the sample up. */
  public synchronized Optional<String> obstacle() {
    return Optional.ofNullable(obstacle);
  }
}
