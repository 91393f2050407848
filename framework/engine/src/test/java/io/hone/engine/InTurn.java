package io.hone.engine;

import io.hone.api.Attack;
import io.hone.api.AttackUse;
import io.hone.api.Named;
import io.hone.api.Param;
import io.hone.api.data.Batch;
import io.hone.api.data.Tensor;
import io.hone.api.run.Part;
import io.hone.api.run.Run;
import io.hone.api.run.Setting;
import io.hone.api.victim.Access;
import io.hone.api.victim.ActiveSamples;
import io.hone.api.victim.Victim;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Runs attacks in turn on what is left, and one more that it chooses itself. */
@Named(id = "in-turn", summary = "Runs attacks on what is left.", example = "{attacks: [push]}")
public final class InTurn implements Attack<InTurn.Params> {
  public record Params(
      @Param("The attacks, first to last.") List<AttackUse> attacks,
      @Param(value = "The id of an attack that comes last.", def = "idle") String last) {
    private AttackUse chosen(Run run) {
      return run.bound(AttackUse.of(last, Map.of()));
    }

    private List<AttackUse> all(Run run) {
      return IntStream.rangeClosed(0, attacks.size())
          .mapToObj(number -> number < attacks.size() ? attacks.get(number) : chosen(run))
          .toList();
    }
  }

  /** Creates the component. */
  public InTurn() {}

  private static String name(int number) {
    return "stage-" + (number + 1);
  }

  @Override
  public Access access(Params parameters) {
    return Access.GRADIENTS;
  }

  @Override
  public void prepare(Params parameters, Setting setting, Run run) {
    List<AttackUse> all = parameters.all(run);
    run.parts(
        IntStream.range(0, all.size())
            .mapToObj(
                number ->
                    new Part(name(number), all.get(number).id(), all.get(number).parameters()))
            .toList());
    IntStream.range(0, all.size())
        .forEach(number -> all.get(number).prepare(setting, run.within(name(number))));
  }

  @Override
  public void attack(Params parameters, Victim victim, Batch clean, Tensor adversarial, Run run) {
    List<AttackUse> all = parameters.all(run);
    ActiveSamples left = ActiveSamples.of(clean);
    for (int number = 0; number < all.size() && !left.isEmpty(); number++) {
      String name = name(number);
      int[] rows = IntStream.range(0, left.size()).map(left::row).toArray();
      Tensor images = clean.pixels().select(rows);
      Victim asked = victim.within(name);
      all.get(number).attack(asked, clean.select(rows), images, run.within(name));
      for (int index = 0; index < rows.length; index++) {
        adversarial.copyRow(rows[index], images, index);
        run.credit(clean.sample(rows[index]), name);
        run.within(name)
            .givenUp(clean.sample(rows[index]))
            .ifPresent(reason -> run.giveUp(0, "of-another-sample"));
      }
      int[] predicted = asked.predict(left.images(adversarial));
      left.keep(index -> !left.succeeds(index, predicted[index]));
    }
  }
}
