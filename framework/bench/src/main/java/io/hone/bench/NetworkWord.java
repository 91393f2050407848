package io.hone.bench;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the word of a {@link TrainingWorkload}, and lists all of them. */
final class NetworkWord implements ITypeConverter<TrainingWorkload>, Iterable<String> {
  private static final List<String> WORDS =
      Arrays.stream(TrainingWorkload.values()).map(TrainingWorkload::word).toList();

  @Override
  public TrainingWorkload convert(String word) {
    return Arrays.stream(TrainingWorkload.values())
        .filter(workload -> workload.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no network '%s'; choose among %s"
                        .formatted(word, String.join(", ", WORDS))));
  }

  @Override
  public Iterator<String> iterator() {
    return WORDS.iterator();
  }
}
