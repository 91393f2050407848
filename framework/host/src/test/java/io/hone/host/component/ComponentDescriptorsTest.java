package io.hone.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hone.api.Attack;
import io.hone.api.AttackProfile;
import io.hone.api.BadInputException;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.metric.Accumulator;
import io.hone.api.metric.Metric;
import io.hone.api.model.ModelReference;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.Victim;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComponentDescriptorsTest {
  /** The only method of a metric is never called here: only declarations are read. */
  public abstract static class Measure<P extends Record> {
    public Accumulator start(P parameters, Setting setting) {
      throw new UnsupportedOperationException();
    }
  }

  public enum Norm {
    L2,
    NEXT_BEST
  }

  public record Range(
      @Param(value = "First.", def = "0", min = 0) int from, @Param("Last.") int to) {}

  public record Everything(
      @Param(value = "How far.", def = "8/255", min = 0, max = 1, unit = Param.Unit.PIXEL)
          float epsilon,
      @Param(value = "How often.", def = "10", min = 1) int maxSteps,
      @Param(value = "Seed.", def = "9000000000") long seed,
      @Param(value = "Rate.", def = "1e-3") double rate,
      @Param(value = "Whether.", def = "true") boolean keep,
      @Param(value = "Title.", def = "plain text") String title,
      @Param("A file.") Path file,
      @Param("A model.") Optional<ModelReference> model,
      @Param(value = "Which norm.", def = "next-best") Norm norm,
      @Param("Classes.") List<Integer> classes,
      @Param(value = "Part.", def = "{to: 9}") Range part,
      @Param("Parts.") List<Range> parts) {}

  @Named(
      id = "everything",
      summary = "Measures everything.",
      references = "Somebody 2020",
      example = "{file: a.txt, classes: [1, 2], parts: [{from: 1, to: 2}], epsilon: 8px}")
  public static final class EverythingMetric extends Measure<Everything>
      implements Metric<Everything> {}

  /** The methods of an attack, which are never called here either. */
  public abstract static class Nothing {
    public Access access(Range parameters) {
      throw new UnsupportedOperationException();
    }

    public void attack(Range parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
      throw new UnsupportedOperationException();
    }
  }

  @Named(id = "profiled", summary = "Attacks nothing.", example = "{to: 9}")
  @AttackProfile(
      norms = io.hone.api.geometry.Norm.L2,
      goals = AttackProfile.Goal.TARGETED,
      formula = "x' = x",
      cost = "nothing")
  public static final class ProfiledAttack extends Nothing implements Attack<Range> {}

  @Named(id = "unprofiled", summary = "Attacks nothing.", example = "{to: 9}")
  @AttackProfile(
      goals = {},
      formula = "",
      cost = "nothing")
  public static final class EmptyProfileAttack extends Nothing implements Attack<Range> {}

  @Named(id = "misplaced", summary = "Measures nothing.", example = "{to: 9}")
  @AttackProfile(formula = "x' = x", cost = "nothing")
  public static final class ProfiledMetric extends Measure<Range> implements Metric<Range> {}

  @Test
  void readsTheProfileOfAnAttack() {
    AttackProfile profile =
        ComponentDescriptors.read(ProfiledAttack.class, ComponentKind.ATTACK, "mine 1.0")
            .profile()
            .orElseThrow();
    assertThat(profile.norms()).containsExactly(io.hone.api.geometry.Norm.L2);
    assertThat(profile.goals()).containsExactly(AttackProfile.Goal.TARGETED);
    assertThat(profile.formula()).isEqualTo("x' = x");
    assertThat(
            ComponentDescriptors.read(EverythingMetric.class, ComponentKind.METRIC, "mine 1.0")
                .profile())
        .isEmpty();
  }

  @Test
  void refusesAProfileThatSaysNothingOrStandsOnAnotherKind() {
    assertThatThrownBy(
            () -> ComponentDescriptors.read(EmptyProfileAttack.class, ComponentKind.ATTACK, "me"))
        .hasMessageContaining("must tell formula and cost")
        .hasMessageContaining("must name a goal");
    assertThatThrownBy(
            () -> ComponentDescriptors.read(ProfiledMetric.class, ComponentKind.METRIC, "me"))
        .hasMessageContaining("belongs to attacks only");
  }

  @Test
  void readsEveryKindOfParameter() {
    ComponentDescriptor descriptor =
        ComponentDescriptors.read(EverythingMetric.class, ComponentKind.METRIC, "mine 1.0");

    assertThat(descriptor.id()).isEqualTo("everything");
    assertThat(descriptor.summary()).isEqualTo("Measures everything.");
    assertThat(descriptor.references()).isEqualTo("Somebody 2020");
    assertThat(descriptor.source()).isEqualTo("mine 1.0");
    assertThat(descriptor.parameterType()).isEqualTo(Everything.class);
    assertThat(descriptor.parameters())
        .extracting(ParameterDescriptor::name)
        .containsExactly(
            "epsilon",
            "max-steps",
            "seed",
            "rate",
            "keep",
            "title",
            "file",
            "model",
            "norm",
            "classes",
            "part",
            "parts");

    ParameterDescriptor epsilon = descriptor.parameters().get(0);
    assertThat(epsilon.def()).hasValue("8/255");
    assertThat(epsilon.min()).isZero();
    assertThat(epsilon.max()).isEqualTo(1);
    assertThat(epsilon.unit()).isEqualTo(Param.Unit.PIXEL);
    assertThat(epsilon.meaning()).isEqualTo("How far.");
    assertThat(epsilon.type()).isEqualTo(float.class);

    assertThat(descriptor.parameters().get(1).path()).containsExactly("maxSteps");
    assertThat(descriptor.parameters().get(6).def()).isEmpty();
    assertThat(descriptor.parameters().get(7).def()).hasValue("null");
    assertThat(descriptor.parameters().get(8).choices()).containsExactly("l2", "next-best");
    assertThat(descriptor.parameters().get(9).def()).hasValue("[]");
    assertThat(descriptor.parameters().get(10).nested())
        .extracting(ParameterDescriptor::name)
        .containsExactly("from", "to");
    assertThat(descriptor.parameters().get(11).nested()).hasSize(2);
  }

  private abstract static class Between<A, Q extends Record> extends Measure<Q>
      implements Metric<Q> {}

  @Named(id = "deep", summary = "Inherits its parameters' type.", example = "{to: 1}")
  public static final class DeepMetric extends Between<String, Range> implements Metric<Range> {}

  @Test
  void findsTheRecordThroughTheTypeArgumentsOfSuperclasses() {
    ComponentDescriptor descriptor =
        ComponentDescriptors.read(DeepMetric.class, ComponentKind.METRIC, "mine 1.0");

    assertThat(descriptor.parameterType()).isEqualTo(Range.class);
  }

  private static BadInputException refused(Class<?> component) {
    BadInputException error =
        catchThrowableOfType(
            BadInputException.class,
            () -> ComponentDescriptors.read(component, ComponentKind.METRIC, "mine 1.0"));
    assertThat(error)
        .isNotNull()
        .hasMessageStartingWith("mine 1.0: the metric " + component.getName());
    return error;
  }

  public static final class Unnamed extends Measure<Range> implements Metric<Range> {}

  @Named(id = "BadId", summary = "no sentence", example = "{to: 1}")
  public static final class BadlyNamed extends Measure<Range> implements Metric<Range> {}

  @Named(id = "hidden", summary = "Hidden by its base class.", example = "{to: 1}")
  public static final class Hidden extends Between<String, Range> {}

  @Named(id = "stranger", summary = "Is no metric.")
  public static final class Stranger {}

  @Named(id = "raw", summary = "Names no record.")
  @SuppressWarnings("rawtypes")
  public static final class Raw implements Metric {
    @Override
    public Accumulator start(Record parameters, Setting setting) {
      throw new UnsupportedOperationException();
    }
  }

  @Named(id = "closed", summary = "Has no public constructor.", example = "{to: 1}")
  public static final class Closed extends Measure<Range> implements Metric<Range> {
    Closed() {}
  }

  @Named(id = "abstract", summary = "Is abstract.", example = "{to: 1}")
  public abstract static class Abstract extends Measure<Range> implements Metric<Range> {}

  @Named(id = "package-private", summary = "Is not public.", example = "{to: 1}")
  static final class PackagePrivate extends Measure<Range> implements Metric<Range> {
    public PackagePrivate() {}
  }

  @Test
  void refusesClassesThatCannotBeFoundOrMade() {
    assertThat(refused(Unnamed.class)).hasMessageContaining("carries no @Named");
    assertThat(refused(BadlyNamed.class))
        .hasMessageContaining("its id `BadId` must be lower case words joined by hyphens")
        .hasMessageContaining("its summary must be a sentence");
    assertThat(refused(Hidden.class)).hasMessageContaining("in its own implements clause");
    assertThat(refused(Stranger.class)).hasMessageContaining("does not implement Metric");
    assertThat(refused(Raw.class)).hasMessageContaining("which record holds its parameters");
    assertThat(refused(Closed.class)).hasMessageContaining("public constructor without arguments");
    assertThat(refused(Abstract.class)).hasMessageContaining("a public class that is not abstract");
    assertThat(refused(PackagePrivate.class)).hasMessageContaining("must be a public class");
  }

  public enum Spelling {
    Wrong
  }

  public record Loop(@Param("Itself.") List<Loop> loop) {}

  public record Wrong(
      int bare,
      @Param("No full stop") int prose,
      @Param(value = "Duration.", def = "1") Duration duration,
      @Param(value = "Boxed.", def = "1") Integer boxed,
      @Param(value = "Raw.", def = "[]") List<List<String>> lists,
      @Param(value = "Name.", def = "1") int baseURL,
      @Param(value = "Choice.") Spelling spelling,
      @Param(value = "Below.", def = "-1", min = 0) int below,
      @Param(value = "Above.", def = "1.5", max = 1) float above,
      @Param(value = "Whole.", def = "1.5") int whole,
      @Param(value = "Large.", def = "3000000000") int large,
      @Param(value = "Text.", def = "7") String text,
      @Param(value = "Flag.", def = "yes") boolean flag,
      @Param(value = "Norm.", def = "l3") Norm norm,
      @Param(value = "Ranges.", def = "[{from: 1}]") List<Range> ranges,
      @Param(value = "Range.", def = "{to: 1, step: 2}") Range range,
      @Param(value = "YAML.", def = "[1") List<Integer> yaml,
      @Param(value = "Unit.", def = "1", unit = Param.Unit.PIXEL) int unit,
      @Param(value = "Plain.", def = "8px") float plain,
      @Param(value = "Bounds.", def = "1", min = 2, max = 1) int bounds,
      @Param(value = "Bounded.", def = "x", min = 2) String bounded,
      @Param(value = "Looped.") Loop looped) {}

  @Named(id = "wrong", summary = "Declares its parameters wrongly.")
  public static final class WrongMetric extends Measure<Wrong> implements Metric<Wrong> {}

  @Test
  void tellsEverythingThatIsWrongWithParameters() {
    assertThat(refused(WrongMetric.class).getMessage().lines())
        .map(String::strip)
        .contains(
            "Wrong.bare: carries no @Param",
            "Wrong.prose: its meaning must be a sentence that ends in a full stop",
            "Wrong.baseURL: a name such as maxSteps is needed, one capital a word",
            "Spelling.Wrong: a name such as NEXT_BEST is needed",
            "Wrong.below: the default `-1` is below the smallest value 0.0",
            "Wrong.above: the default `1.5` is above the largest value 1.0",
            "Wrong.whole: the default `1.5` is not a whole number",
            "Wrong.large: the default `3000000000` is too large",
            "Wrong.text: the default `7` is not text; quote it",
            "Wrong.flag: the default `yes` is not true or false",
            "Wrong.norm: the default `l3` is none of l2, next-best",
            "Wrong.ranges: the default `[{from: 1}]` lacks `to`",
            "Wrong.range: the default `{to: 1, step: 2}` has a key `step` that is no parameter",
            "Wrong.yaml: the default `[1` is not YAML",
            "Wrong.unit: only a float or double can have the unit PIXEL",
            "Wrong.plain: the default `8px` is not a number",
            "Wrong.bounds: min 2.0 is above max 1.0",
            "Wrong.bounded: only a number can have min and max",
            "the record Loop contains itself")
        .anyMatch(line -> line.startsWith("Wrong.duration: parameters cannot be of type"))
        .anyMatch(line -> line.startsWith("Wrong.boxed: parameters cannot be of type"))
        .anyMatch(line -> line.startsWith("Wrong.lists: parameters cannot be of type"));
  }

  public record Tail(@Param(value = "Last of all.", def = "z") String end) {}

  public record Shared(
      @Param(value = "Number of steps.", def = "10", min = 1) int maxSteps,
      @Param(value = "Size of a step.", unit = Param.Unit.PIXEL) float size,
      @Param(inline = true) Tail tail) {}

  public record Inlining(
      @Param(value = "First.", def = "0") int first,
      @Param(inline = true, def = "{size: 8/255, max-steps: 40}") Shared shared,
      @Param(value = "Last.", def = "[{size: 1}]") List<Shared> others) {}

  @Named(id = "inlining", summary = "Inlines records.", example = "{max-steps: 3, end: y}")
  public static final class InliningMetric extends Measure<Inlining> implements Metric<Inlining> {}

  @Test
  void putsTheParametersOfAnInlinedRecordInItsPlace() {
    List<ParameterDescriptor> parameters =
        ComponentDescriptors.read(InliningMetric.class, ComponentKind.METRIC, "me").parameters();
    assertThat(parameters)
        .extracting(ParameterDescriptor::name)
        .containsExactly("first", "max-steps", "size", "end", "others");
    assertThat(parameters)
        .extracting(parameter -> parameter.def().orElseThrow())
        .containsExactly("0", "40", "8/255", "z", "[{size: 1}]");
    assertThat(parameters)
        .extracting(parameter -> String.join(".", parameter.path()))
        .containsExactly("first", "shared.maxSteps", "shared.size", "shared.tail.end", "others");
    assertThat(parameters.get(4).nested())
        .extracting(parameter -> String.join(".", parameter.path()))
        .containsExactly("maxSteps", "size", "tail.end");
  }

  public record Endless(@Param(inline = true) Endless endless) {}

  public record WrongInlining(
      @Param(value = "Already there.", def = "1") int maxSteps,
      @Param(inline = true) int number,
      @Param(inline = true) List<Tail> list,
      @Param(value = "Meaning.", inline = true) Tail meaning,
      @Param(inline = true, min = 0, def = "{end: 7, begin: a}") Tail defaults,
      @Param(inline = true, def = "[a]") Tail text,
      @Param(inline = true) Shared shared,
      @Param(inline = true) Endless endless) {}

  @Named(id = "wrong-inlining", summary = "Inlines records wrongly.")
  public static final class WrongInliningMetric extends Measure<WrongInlining>
      implements Metric<WrongInlining> {}

  @Test
  void tellsEverythingThatIsWrongWithInlinedRecords() {
    String bare = "an inlined record has no meaning, bounds or unit; its parameters have theirs";
    assertThat(refused(WrongInliningMetric.class).getMessage().lines())
        .map(String::strip)
        .contains(
            "WrongInlining.number: only a record can be inlined, not int",
            "WrongInlining.list: only a record can be inlined, not java.util.List<"
                + Tail.class.getName()
                + ">",
            "WrongInlining.meaning: " + bare,
            "WrongInlining.defaults: " + bare,
            "WrongInlining.defaults: `end`: the default `7` is not text; quote it",
            "WrongInlining.defaults: the defaults have a key `begin` that is no parameter",
            "WrongInlining.text: the defaults `[a]` are not a mapping such as {key: value}",
            "WrongInlining: the parameter `max-steps` is declared twice, by maxSteps and by"
                + " shared.maxSteps; rename one of them",
            "the record Endless contains itself");
  }

  @Named(id = "unexampled", summary = "Has an example without a parameter that must be given.")
  public static final class Unexampled extends Measure<Range> implements Metric<Range> {}

  @Named(
      id = "misexampled",
      summary = "Has an example out of range.",
      example = "{from: -1, to: 2}")
  public static final class Misexampled extends Measure<Range> implements Metric<Range> {}

  @Test
  void checksTheExample() {
    assertThat(refused(Unexampled.class)).hasMessageContaining("the example `{}` lacks `to`");
    assertThat(refused(Misexampled.class))
        .hasMessageContaining("has a wrong `from`, which is below the smallest value 0.0");
  }

  @Named(id = "queries", summary = "Takes the name of a figure.", example = "{to: 2}")
  public static final class TakenMetric extends Measure<Range> implements Metric<Range> {}

  @Named(
      id = "takes",
      summary = "Records a figure by the name of another.",
      example = "{to: 2}",
      figures = {"kept", "l0"})
  public static final class TakenFigure extends Measure<Range> implements Metric<Range> {}

  @Test
  void refusesNamesOfFiguresThatHoneGivesItself() {
    assertThat(refused(TakenMetric.class))
        .hasMessageContaining("its id `queries` is the name of a figure that Hone gives itself");
    assertThat(refused(TakenFigure.class))
        .hasMessageContaining("its figure `l0` is one that Hone gives itself")
        .hasMessageNotContaining("kept");
  }
}
