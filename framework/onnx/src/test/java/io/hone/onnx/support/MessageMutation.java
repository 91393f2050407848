package io.hone.onnx.support;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/**
 * Changes protobuf messages at random where they stay messages: other names of the same file, other
 * numbers, parts doubled, dropped or exchanged. What flipped bytes hardly ever reach.
 */
public final class MessageMutation {
  private final Random random;
  private final List<String> words;

  /** Takes the words that are in a message as what to put in others' places. */
  public MessageMutation(Message message, Random random) {
    this.random = random;
    TreeSet<String> found = new TreeSet<>(List.of("", "nowhere"));
    collect(message, found);
    this.words = List.copyOf(found);
  }

  private static void collect(Message message, TreeSet<String> words) {
    message
        .getAllFields()
        .forEach(
            (field, content) -> {
              List<?> parts = content instanceof List<?> list ? list : List.of(content);
              for (Object part : parts) {
                if (part instanceof Message inner) {
                  collect(inner, words);
                } else if (part instanceof String word) {
                  words.add(word);
                }
              }
            });
  }

  /** Changes one place below a message. */
  public void change(Message.Builder message) {
    List<FieldDescriptor> fields = new ArrayList<>(message.getAllFields().keySet());
    if (fields.isEmpty()) {
      return;
    }
    FieldDescriptor field = fields.get(random.nextInt(fields.size()));
    if (field.isRepeated()) {
      changeList(message, field);
    } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
      if (random.nextInt(12) == 0) {
        message.clearField(field);
      } else {
        change(message.getFieldBuilder(field));
      }
    } else if (random.nextInt(6) == 0) {
      message.clearField(field);
    } else {
      message.setField(field, other(field, message.getField(field)));
    }
  }

  private void changeList(Message.Builder message, FieldDescriptor field) {
    int count = message.getRepeatedFieldCount(field);
    int index = random.nextInt(count);
    Object part = message.getRepeatedField(field, index);
    switch (random.nextInt(12)) {
      case 0 -> message.addRepeatedField(field, part);
      case 1 -> {
        List<Object> others = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          if (i != index) {
            others.add(message.getRepeatedField(field, i));
          }
        }
        message.setField(field, others);
      }
      case 2 -> {
        int second = random.nextInt(count);
        message.setRepeatedField(field, index, message.getRepeatedField(field, second));
        message.setRepeatedField(field, second, part);
      }
      default -> {
        if (part instanceof Message inner) {
          Message.Builder changed = inner.toBuilder();
          change(changed);
          message.setRepeatedField(field, index, changed.build());
        } else {
          message.setRepeatedField(field, index, other(field, part));
        }
      }
    }
  }

  private Object other(FieldDescriptor field, Object content) {
    long odd = OddIntegers.any(random);
    return switch (field.getJavaType()) {
      case INT -> (int) odd;
      case LONG -> odd;
      case FLOAT -> random.nextBoolean() ? Float.NaN : (float) odd;
      case DOUBLE -> random.nextBoolean() ? Double.MAX_VALUE : 1e300;
      case BOOLEAN -> !(Boolean) content;
      case STRING -> words.get(random.nextInt(words.size()));
      case BYTE_STRING -> bytes((ByteString) content);
      case ENUM ->
          field
              .getEnumType()
              .getValues()
              .get(random.nextInt(field.getEnumType().getValues().size()));
      case MESSAGE -> content;
    };
  }

  private ByteString bytes(ByteString content) {
    return content.isEmpty() || random.nextBoolean()
        ? ByteString.copyFromUtf8(words.get(random.nextInt(words.size())))
        : content.substring(0, random.nextInt(content.size()));
  }
}
