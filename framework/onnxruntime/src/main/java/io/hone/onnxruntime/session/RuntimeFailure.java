package io.hone.onnxruntime.session;

import ai.onnxruntime.OrtException;
import io.hone.api.BadInputException;
import io.hone.api.data.ImageShape;
import io.hone.api.model.ModelCard;
import io.hone.onnx.opset.OpsetRaiser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words ONNX Runtime's failures for users: without its source files, and in one line; the usual
 * ones by what is known of them.
 */
public final class RuntimeFailure {
  private static final int LONGEST = 300;

  /** Error codes and functions: of use to those who build ONNX Runtime. */
  private static final Pattern INTERNALS =
      Pattern.compile(
          "Error code - \\w+ - message: ?"
              + "|\\[ONNXRuntimeError\\] : \\d+ : \\w+ : "
              + "|\\S*onnxruntime::\\S*(?:\\([^)]*\\))? ?");

  /** A place in ONNX Runtime's source; the signature of a C++ function follows it. */
  private static final Pattern SOURCE = Pattern.compile("/\\S*\\.(?:cc|h|cpp|cu):\\d+ ");

  /** What may follow the parameters of a C++ function. */
  private static final Pattern QUALIFIERS =
      Pattern.compile("(?: const)?(?: \\[with [^\\]]*\\])? ?");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private static final List<Known> KNOWN =
      List.of(
          new Known(
              "Unsupported model IR version: (\\d+), max supported IR version: (\\d+)",
              found ->
                  "is of IR version "
                      + found.group(1)
                      + ", but ONNX Runtime as it comes with Hone reads IR versions up to "
                      + found.group(2)
                      + "; export it with an older onnx, or set model.ir_version to 10 with Python's"
                      + " onnx and save it again"),
          new Known(
              "Opset (\\d+) is under development.*domain (\\S+) is till opset (\\d+)",
              found ->
                  "is of opset "
                      + found.group(1)
                      + (found.group(2).equals("ai.onnx") ? "" : " of the domain " + found.group(2))
                      + ", but ONNX Runtime as it comes with Hone reads opsets up to "
                      + found.group(3)
                      + (found.group(2).equals("ai.onnx")
                          ? ", and Hone differentiates opsets "
                              + OpsetRaiser.OLDEST
                              + " to "
                              + OpsetRaiser.NEWEST
                              + "; export it with opset "
                              + OpsetRaiser.OPSET
                          : "; export it with an older one")),
          new Known(
              "Fatal error: (\\S+):([^\\s:(]+)\\(-?\\d+\\) is not a registered function/op",
              found -> unknown(found.group(2), " of the domain " + found.group(1))),
          new Known(
              "In Node, \\(\"([^\"]*)\".*No Op registered for (\\S+) with domain_version of (\\d+)",
              found ->
                  "has the operator "
                      + found.group(2)
                      + named(found.group(1))
                      + ", which ONNX's opset "
                      + found.group(3)
                      + " does not have; export the model with standard operators of that opset"),
          new Known(
              "In Node, \\(\"([^\"]*)\".*No opset import for domain '?([^\\s']+)",
              found ->
                  "uses operators of the domain "
                      + found.group(2)
                      + named(found.group(1))
                      + " and names no version of it; export the model again, with standard"
                      + " operators"));

  private RuntimeFailure() {}

  /** A failure that is understood by its text. */
  private record Known(Pattern text, Function<MatchResult, String> words) {
    Known(String text, Function<MatchResult, String> words) {
      this(Pattern.compile(text, Pattern.DOTALL), words);
    }

    Optional<String> explain(String message) {
      Matcher matcher = text.matcher(message);
      return matcher.find() ? Optional.of(words.apply(matcher)) : Optional.empty();
    }
  }

  private static String unknown(String operator, String where) {
    return "has the operator "
        + operator
        + where
        + ", which ONNX Runtime does not know; export the model with standard operators:"
        + " Hone loads no libraries of operators";
  }

  private static String named(String node) {
    return node.isEmpty() ? "" : " (node '" + node + "')";
  }

  /** Returns what a failure says that a user can use. */
  public static String shorten(OrtException failure) {
    String message = withoutSignatures(String.valueOf(failure.getMessage()));
    String plain = INTERNALS.matcher(message).replaceAll("");
    String line = SPACE.matcher(plain).replaceAll(" ").strip();
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + " ...";
  }

  /** Leaves out places in ONNX Runtime's source with the functions that are there. */
  private static String withoutSignatures(String message) {
    StringBuilder kept = new StringBuilder();
    Matcher source = SOURCE.matcher(message);
    int from = 0;
    while (source.find(from)) {
      kept.append(message, from, source.start());
      from = signatureEnd(message, source.end());
    }
    return kept.append(message, from, message.length()).toString();
  }

  /**
   * Returns where the signature that begins at an index ends; the index itself if there is none.
   */
  private static int signatureEnd(String message, int from) {
    int open = message.indexOf('(', from);
    if (open < 0 || !message.substring(from, open).matches("[\\w\\s:<>,*&~\\[\\]=]*")) {
      return from;
    }
    int depth = 0;
    for (int index = open; index < message.length(); index++) {
      char letter = message.charAt(index);
      depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
      if (depth == 0) {
        Matcher rest = QUALIFIERS.matcher(message).region(index + 1, message.length());
        return rest.lookingAt() ? rest.end() : index + 1;
      }
    }
    return from;
  }

  /** Returns the error for a model that ONNX Runtime refuses to load. */
  public static BadInputException loading(Path file, OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    return KNOWN.stream()
        .map(known -> known.explain(message))
        .flatMap(Optional::stream)
        .findFirst()
        .map(words -> new BadInputException(file + ": the model " + words, failure))
        .orElseGet(
            () ->
                new BadInputException(
                    file
                        + ": ONNX Runtime cannot load this model: "
                        + shorten(failure)
                        + "; export it for ONNX Runtime, with standard operators",
                    failure));
  }

  /** Returns the error for a model that fails while it runs. */
  public static BadInputException running(Path file, OrtException failure) {
    return new BadInputException(
        file + ": the model failed while it ran: " + shorten(failure), failure);
  }

  /** Returns the error for a model that fails on images of one shape. */
  public static BadInputException running(ModelCard card, ImageShape images, OrtException failure) {
    return new BadInputException(
        card.file()
            + ": the model fails on images of "
            + images
            + ", though it says that it takes "
            + card.input().sizes()
            + ": "
            + shorten(failure)
            + "; resize the images to what it was made for, and write that on its card",
        failure);
  }
}
