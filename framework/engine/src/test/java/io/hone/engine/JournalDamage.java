package io.hone.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Damages journals as disks, crashes, users and other runs do; the same seed does the same. */
public final class JournalDamage {
  private static final List<String> STRAYS =
      List.of(
          "x.unit",
          "-.unit",
          "1-2-3.unit",
          "000000000000-.unit",
          "000000000000-0.unit",
          "000000000000-99999999999999999999.unit",
          "000000000090-400.unit",
          "999999999999999999-1.unit",
          "000000000000-100-9.step",
          "y.step",
          "note.txt",
          "000000000016-8.unit.part",
          "identity.part");

  private final List<Path> others;

  /**
   * Creates a source of damage.
   *
   * @param others journals whose records get among those of the damaged one
   */
  public JournalDamage(List<Path> others) {
    this.others = List.copyOf(others);
  }

  /** Damages a journal in one to four ways, and returns what was done. */
  public List<String> apply(Path journal, Random random) throws IOException {
    List<String> done = new ArrayList<>();
    int times = 1 + random.nextInt(4);
    for (int time = 0; time < times; time++) {
      List<Path> files = files(journal);
      if (files.isEmpty()) {
        break;
      }
      done.add(damage(journal, files.get(random.nextInt(files.size())), files, random));
    }
    return done;
  }

  private String damage(Path journal, Path file, List<Path> files, Random random)
      throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int at = random.nextInt(Math.max(1, bytes.length));
    String name = file.getFileName().toString();
    switch (random.nextInt(10)) {
      case 0 -> {
        if (bytes.length > 0) {
          bytes[at] ^= (byte) (1 << random.nextInt(8));
          Files.write(file, bytes);
        }
        return "flipped a bit at " + at + " of " + name;
      }
      case 1 -> {
        Files.write(file, Arrays.copyOf(bytes, at));
        return "cut " + name + " to " + at;
      }
      case 2 -> {
        Files.write(file, new byte[0]);
        return "emptied " + name;
      }
      case 3 -> {
        Files.delete(file);
        return "deleted " + name;
      }
      case 4 -> {
        Path other = files.get(random.nextInt(files.size()));
        byte[] content = Files.readAllBytes(other);
        Files.write(other, bytes);
        Files.write(file, content);
        return "exchanged " + name + " and " + other.getFileName();
      }
      case 5 -> {
        Path target = journal.resolve(STRAYS.get(random.nextInt(STRAYS.size())));
        Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        return "renamed " + name + " to " + target.getFileName();
      }
      case 6 -> {
        Files.write(file, new byte[1 + random.nextInt(20)], StandardOpenOption.APPEND);
        return "appended to " + name;
      }
      case 7 -> {
        Path stray = journal.resolve(STRAYS.get(random.nextInt(STRAYS.size())));
        if (random.nextBoolean()) {
          Files.write(stray, Arrays.copyOf(bytes, at));
        } else if (!Files.exists(stray)) {
          Files.createDirectories(stray.resolve("inside"));
        }
        return "added " + stray.getFileName();
      }
      case 8 -> {
        // Large lengths at a place that may hold a length.
        for (int index = at; index < Math.min(bytes.length, at + 4); index++) {
          bytes[index] = 0x7f;
        }
        Files.write(file, bytes);
        return "wrote a large number at " + at + " of " + name;
      }
      default -> {
        Path other = others.get(random.nextInt(others.size()));
        for (Path record : files(other)) {
          if (random.nextInt(3) == 0 && !record.endsWith("identity")) {
            Files.copy(
                record, journal.resolve(record.getFileName()), StandardCopyOption.REPLACE_EXISTING);
          }
        }
        return "mixed with " + other.getParent().getFileName();
      }
    }
  }

  private static List<Path> files(Path journal) throws IOException {
    try (Stream<Path> files = Files.list(journal)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
