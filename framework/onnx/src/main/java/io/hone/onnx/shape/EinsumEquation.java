package io.hone.onnx.shape;

import io.hone.onnx.graph.Dimension;
import io.hone.onnx.graph.Node;
import io.hone.onnx.graph.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The equation of an Einsum with a letter for every axis: ellipses are spelled out and the result
 * is named.
 *
 * @param operands the letters of each operand's axes
 * @param result the letters of the result's axes
 */
public record EinsumEquation(List<String> operands, String result) {
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String ELLIPSIS = "...";

  /** Copies the list. */
  public EinsumEquation {
    operands = List.copyOf(operands);
  }

  /**
   * Reads a node's equation.
   *
   * @param ranks the number of axes of each operand
   * @throws IllegalArgumentException if the equation does not fit the operands
   */
  public static EinsumEquation of(Node node, List<Integer> ranks) {
    String equation = node.text("equation", "").replace(" ", "");
    String[] sides = equation.split("->", -1);
    List<String> terms = List.of(sides[0].split(",", -1));
    if (terms.size() != ranks.size() || sides.length > 2) {
      throw new IllegalArgumentException(
          "the equation '" + equation + "' does not fit " + ranks.size() + " operands");
    }
    int hidden = 0;
    for (int i = 0; i < terms.size(); i++) {
      hidden = Math.max(hidden, hiddenAxes(terms.get(i), ranks.get(i)));
    }
    String spelled = unused(equation, hidden);
    List<String> operands = new ArrayList<>();
    for (int i = 0; i < terms.size(); i++) {
      int own = hiddenAxes(terms.get(i), ranks.get(i));
      operands.add(terms.get(i).replace(ELLIPSIS, spelled.substring(hidden - own)));
    }
    String result =
        sides.length == 2 ? sides[1].replace(ELLIPSIS, spelled) : spelled + once(sides[0]);
    return new EinsumEquation(operands, result);
  }

  private static int hiddenAxes(String term, int rank) {
    int named = term.replace(ELLIPSIS, "").length();
    int hidden = rank - named;
    if (hidden < 0 || (hidden > 0 && !term.contains(ELLIPSIS))) {
      throw new IllegalArgumentException("'" + term + "' does not fit " + rank + " axes");
    }
    return hidden;
  }

  /** Without a named result it has the letters that occur once, in alphabetical order. */
  private static String once(String left) {
    return left.chars()
        .filter(Character::isLetter)
        .filter(letter -> left.indexOf(letter) == left.lastIndexOf(letter))
        .sorted()
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }

  /** Returns letters that do not occur in a text. */
  public static String unused(String text, int count) {
    String free =
        LETTERS
            .chars()
            .filter(letter -> text.indexOf(letter) < 0)
            .limit(count)
            .mapToObj(Character::toString)
            .collect(Collectors.joining());
    if (free.length() < count) {
      throw new IllegalArgumentException("an equation has at most " + LETTERS.length() + " axes");
    }
    return free;
  }

  /** Returns what is known of the size of one letter's axes, which may be broadcast. */
  public Dimension size(char letter, List<Shape> shapes) {
    Shape size = Shape.of(1);
    for (int i = 0; i < operands.size(); i++) {
      for (int axis = 0; axis < operands.get(i).length(); axis++) {
        if (operands.get(i).charAt(axis) == letter) {
          size = ShapeRules.broadcast(size, Shape.of(shapes.get(i).axis(axis)));
        }
      }
    }
    return size.axis(0);
  }

  @Override
  public String toString() {
    return String.join(",", operands) + "->" + result;
  }
}
