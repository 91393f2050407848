package io.hone.engine.results;

import io.hone.api.BadInputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Compares two result folders without the fields that are volatile: times, dates, meters, and where
 * and how a run was worked through.
 */
public final class ResultDiff {
  /** Paths within the summary that differ from run to run, whatever the results. */
  private static final Pattern VOLATILE =
      Pattern.compile(
          "/meters.*"
              + "|/scenario/run.*"
              + "|/provenance/(started|elapsed_seconds|threads|batch|jdk|os|hone)"
              + "|/steps/\\d+/metrics/(cumulated/)?seconds");

  /** Flags that speak against an entry: told by their code, not by their place in the list. */
  private static final Pattern TRUST = Pattern.compile("/steps/\\d+/trust");

  /** What earlier versions did not write, and no result depends on. */
  private static final Pattern TOLD_SINCE =
      Pattern.compile("/model/class_names|/steps/\\d+/(intervals|classes|worst_class)");

  /** What results of an earlier version lack where there is nothing to tell. */
  private static final Pattern ADDED =
      Pattern.compile(
          TOLD_SINCE.pattern()
              + "|/scenario/accept|/checks|/targets|/steps/\\d+/(trust|reasons|stages)|/expectations/\\d+/(trust|state)");

  private static final String LAST_COLUMN = ",found_by$";
  private static final int MOST_SHOWN = 20;

  private final Path first;
  private final Path second;
  private final List<String> differences = new ArrayList<>();

  /** Compares two folders that {@code hone run} wrote. */
  public ResultDiff(Path first, Path second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Returns what differs, one line each, at most the first few of each file; empty if nothing does.
   *
   * @throws BadInputException if a folder holds no results
   */
  public List<String> differences() throws IOException {
    differences.clear();
    compareSummaries();
    compareTables();
    compareArrays();
    return List.copyOf(differences);
  }

  private void compareSummaries() {
    List<String> found = new ArrayList<>();
    compare("", tree(first), tree(second), found);
    add(SummaryFile.NAME, found);
  }

  private static JsonNode tree(Path folder) {
    SummaryFile.read(folder);
    try {
      return JsonMapper.shared().readTree(folder.resolve(SummaryFile.NAME));
    } catch (JacksonException e) {
      throw new BadInputException(folder + " holds no readable " + SummaryFile.NAME, e);
    }
  }

  private static void compare(String path, JsonNode left, JsonNode right, List<String> found) {
    if (VOLATILE.matcher(path).matches()) {
      return;
    }
    if ((left == null || right == null)
        && ADDED.matcher(path).matches()
        && tellsNothing(path, left, right)) {
      return;
    }
    if (left != null && right != null && left.isObject() && right.isObject()) {
      compareFields(path, left, right, found);
      return;
    }
    if (TRUST.matcher(path).matches()) {
      compareFields(path, byCode(left), byCode(right), found);
      return;
    }
    if (left != null && right != null && left.isArray() && right.isArray()) {
      for (int index = 0; index < Math.max(left.size(), right.size()); index++) {
        compare(path + "/" + index, left.get(index), right.get(index), found);
      }
      return;
    }
    if (left == null || right == null || !equal(left, right)) {
      found.add(path + ": " + text(left) + " / " + text(right));
    }
  }

  private static void compareFields(
      String path, JsonNode left, JsonNode right, List<String> found) {
    Set<String> names = new TreeSet<>(left.propertyNames());
    names.addAll(right.propertyNames());
    for (String name : names) {
      compare(path + "/" + name, left.get(name), right.get(name), found);
    }
  }

  /** Whether a verdict is as ever is told by {@code met}, which results of every version have. */
  private static boolean tellsNothing(String path, JsonNode left, JsonNode right) {
    JsonNode present = left == null ? right : left;
    return TOLD_SINCE.matcher(path).matches()
        || present.isEmpty() && !present.asString("").equals(ExpectationState.UNTRUSTED.word());
  }

  private static JsonNode byCode(JsonNode flags) {
    ObjectNode byCode = JsonMapper.shared().createObjectNode();
    if (flags != null) {
      flags.forEach(flag -> byCode.set(flag.path("code").asString(), flag));
    }
    return byCode;
  }

  /** Numbers are equal by value: how a double is printed differs between JDKs. */
  private static boolean equal(JsonNode left, JsonNode right) {
    return left.isNumber() && right.isNumber()
        ? left.doubleValue() == right.doubleValue()
        : left.equals(right);
  }

  private static String text(JsonNode node) {
    return node == null ? "absent" : node.toString();
  }

  private void compareTables() throws IOException {
    Path left = first.resolve("samples.csv");
    Path right = second.resolve("samples.csv");
    if (!bothThere("samples.csv", left, right)) {
      return;
    }
    List<String> found = new ArrayList<>();
    try (BufferedReader leftReader = Files.newBufferedReader(left);
        BufferedReader rightReader = Files.newBufferedReader(right)) {
      Iterator<String> leftLines = leftReader.lines().iterator();
      Iterator<String> rightLines = rightReader.lines().iterator();
      for (int line = 1; leftLines.hasNext() || rightLines.hasNext(); line++) {
        String one = leftLines.hasNext() ? leftLines.next() : "absent";
        String other = rightLines.hasNext() ? rightLines.next() : "absent";
        if (line == 1 ? !sameColumns(one, other) : !sameCells(one, other)) {
          found.add(" line " + line + ": " + one + " / " + other);
        }
      }
    }
    add("samples.csv", found);
  }

  /** A version that told no stages had one column less, the last. */
  private static boolean sameColumns(String one, String other) {
    return one.replaceFirst(LAST_COLUMN, "").equals(other.replaceFirst(LAST_COLUMN, ""));
  }

  private static boolean sameCells(String one, String other) {
    if (one.equals(other)) {
      return true;
    }
    String[] left = one.split(",", -1);
    String[] right = other.split(",", -1);
    if (left.length != right.length) {
      // Where the last column is missing, nothing was to be told in it.
      return one.equals(other + ",") || other.equals(one + ",");
    }
    for (int cell = 0; cell < left.length; cell++) {
      if (!left[cell].equals(right[cell]) && !sameNumber(left[cell], right[cell])) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameNumber(String left, String right) {
    try {
      return Double.parseDouble(left) == Double.parseDouble(right);
    } catch (NumberFormatException notNumbers) {
      return false;
    }
  }

  private void compareArrays() throws IOException {
    Set<String> names = new TreeSet<>(arrays(first));
    names.addAll(arrays(second));
    for (String name : names) {
      Path left = first.resolve("arrays").resolve(name);
      Path right = second.resolve("arrays").resolve(name);
      if (bothThere("arrays/" + name, left, right)) {
        long at = Files.mismatch(left, right);
        if (at >= 0) {
          differences.add("arrays/" + name + ": differs from byte " + at);
        }
      }
    }
  }

  private static List<String> arrays(Path folder) throws IOException {
    Path arrays = folder.resolve("arrays");
    if (!Files.isDirectory(arrays)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(arrays)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private boolean bothThere(String name, Path left, Path right) {
    boolean leftThere = Files.isRegularFile(left);
    boolean rightThere = Files.isRegularFile(right);
    if (leftThere != rightThere) {
      differences.add(name + ": only in " + (leftThere ? first : second));
    }
    return leftThere && rightThere;
  }

  private void add(String file, List<String> found) {
    found.stream().limit(MOST_SHOWN).forEach(line -> differences.add(file + line));
    if (found.size() > MOST_SHOWN) {
      differences.add(file + ": and " + (found.size() - MOST_SHOWN) + " more differences");
    }
  }
}
