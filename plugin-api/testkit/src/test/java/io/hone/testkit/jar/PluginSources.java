package io.hone.testkit.jar;

/** Source text of small plugins. */
final class PluginSources {
  static final String ATTACK_CLASS = "org.example.Nudge";

  private PluginSources() {}

  /** Returns an attack {@code org.example.Nudge} with the given id. */
  static String attack(String id) {
    return attack(id, "");
  }

  /** Returns an attack {@code org.example.Nudge} whose method {@code attack} does as told. */
  static String attack(String id, String body) {
    return attack(id, "Attack<Nudge.Params>", "", body);
  }

  static String attack(String id, String extension, String members, String body) {
    return """
        package org.example;

        import io.hone.api.*;
        import io.hone.api.victim.*;
        import io.hone.api.data.Batch;
        import io.hone.api.run.Run;
        import io.hone.api.data.Tensor;
        import org.pf4j.Extension;

        @Named(id = "%s", summary = "Nudges every feature.", example = "{by: 0.25}")
        @Extension
        public class Nudge implements %s {
          public record Params(
              @Param(value = "How far.", def = "0.5", min = 0, max = 1) float by) {}

          %s

          @Override
          public Access access(Params parameters) {
            return Access.LABELS;
          }

          @Override
          public void attack(
              Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
            %s
          }
        }
        """
        .formatted(id, extension, members, body);
  }
}
