package io.hone.cli.model;

import io.hone.api.BadInputException;
import io.hone.api.CompletedCard;
import io.hone.api.model.CardDraft;
import io.hone.cli.install.Installation;
import io.hone.cli.process.ExitCode;
import io.hone.scenario.card.ModelCards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes the card of a model file. */
@Command(
    name = "card",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a card (model.yaml) beside a model file, with everything that the file tells.",
      "What the file does not tell, such as mean and standard deviation, is given by options or"
          + " written into the card afterwards. Scenarios then name the folder.",
      "FILE may also be a folder with a card: options change it, and its gaps are filled."
    })
final class ModelCardCommand implements Callable<Integer> {
  @Mixin private ModelArguments model;
  @Mixin private CardOptions options;

  @Option(names = "--force", description = "Replaces a card that is there.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    try (OpenedModel opened = model.open()) {
      CardDraft draft = options.over(opened.draft());
      Path folder = draft.file().getParent();
      Path card = folder.resolve(ModelCards.FILE_NAME);
      if (Files.exists(card) && !force) {
        throw new BadInputException(
            Installation.shown(card) + " exists; give --force to replace it");
      }
      CompletedCard completed = opened.completed(draft);
      try {
        opened.check(completed.card());
      } catch (BadInputException unusable) {
        throw new BadInputException(
            "no card was written, because no model would run with it; correct the options, or the"
                + " card that is there: "
                + unusable.getMessage(),
            unusable);
      }
      ModelCards.writeCommented(folder, completed);
      System.out.println("written: " + Installation.shown(card));
      completed.notices().forEach(notice -> System.out.println("assumed: " + notice));
      completed.doubts().forEach(doubt -> System.out.println("assumed: " + doubt.text()));
      return ExitCode.DONE;
    }
  }
}
