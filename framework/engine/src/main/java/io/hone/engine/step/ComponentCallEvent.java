package io.hone.engine.step;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * One call of an attack or improver, for Java Flight Recorder; costs next to nothing while nobody
 * records.
 */
@Name("io.hone.ComponentCall")
@Label("Component Call")
@Description("An attack or improver worked on a batch, on the calling thread")
@Category("Hone")
@StackTrace(false)
final class ComponentCallEvent extends Event {
  @Label("Component")
  private final String component;

  ComponentCallEvent(String component) {
    this.component = component;
  }
}
