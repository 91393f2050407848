package io.hone.engine.context;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/** What the component of one step makes once per run; closing it closes what can be closed. */
final class StepCache implements AutoCloseable {
  private final Map<String, Object> made = new HashMap<>();
  private final List<Object> inOrder = new ArrayList<>();
  private final Set<String> inMaking = new HashSet<>();

  /**
   * Returns the value of a key, making it if nobody has. One thread makes at a time; what it makes
   * may be made of values of other keys.
   *
   * @throws IllegalStateException if the value is asked for while it is being made
   */
  synchronized Object once(String key, Supplier<?> make) {
    Object value = made.get(key);
    if (value != null) {
      return value;
    }
    if (!inMaking.add(key)) {
      throw new IllegalStateException(
          "Run.once(\""
              + key
              + "\") is called while the value of that key is being made; a value cannot be made of"
              + " itself, so use another key for its parts");
    }
    try {
      value = make.get();
    } finally {
      inMaking.remove(key);
    }
    if (value != null) {
      made.put(key, value);
      inOrder.add(value);
    }
    return value;
  }

  /** Closes what was made last first: it may use what was made before. */
  @Override
  public synchronized void close() {
    Collections.reverse(inOrder);
    for (Object value : inOrder) {
      if (value instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception e) {
          LoggerFactory.getLogger(StepCache.class).warn("{} did not close", value, e);
        }
      }
    }
    inOrder.clear();
    made.clear();
  }
}
