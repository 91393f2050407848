package io.hone.engine.activation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.api.activation.ActivationProfile;
import io.hone.api.activation.NeuronAnswers;
import io.hone.api.activation.ProfiledImage;
import io.hone.engine.record.DamagedRecordException;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileFilesTest {
  private static final Map<String, Object> OF =
      Map.of("model", "abc", "layers", List.of("relu1", "relu2"));

  @TempDir Path folder;
  private ProfileFiles files;

  @BeforeEach
  void open() {
    files = new ProfileFiles(folder.resolve("profiles"));
  }

  /** Counts images. */
  private static final class Count implements ActivationProfile {
    private long images;

    @Override
    public void add(ProfiledImage image) {
      images++;
    }

    @Override
    public void merge(ActivationProfile other) {
      images += ((Count) other).images;
    }

    @Override
    public void write(DataOutput output) throws IOException {
      output.writeLong(images);
    }

    @Override
    public void read(DataInput input) throws IOException {
      images += input.readLong();
    }
  }

  private static Count three() {
    Count count = new Count();
    for (int image = 0; image < 3; image++) {
      count.add(new ProfiledImage(image, 0, 0, new NeuronAnswers(Map.of())));
    }
    return count;
  }

  private Optional<Long> kept(Map<String, Object> of) throws IOException {
    return files.read(of, Count::new).map(profile -> ((Count) profile).images);
  }

  @Test
  void findsWhatWasKeptUnderAllItDependsOn() throws IOException {
    assertThat(kept(OF)).isEmpty();
    files.write(OF, three());
    files.write(OF, three());
    assertThat(kept(OF)).contains(3L);
    assertThat(kept(Map.of("model", "abc", "layers", List.of("relu1")))).isEmpty();
    assertThat(kept(Map.of("model", "abd", "layers", List.of("relu1", "relu2")))).isEmpty();
    try (Stream<Path> left = Files.list(folder.resolve("profiles"))) {
      assertThat(left).containsExactly(files.file(OF));
    }
  }

  @Test
  void refusesTheProfileOfAnotherModel() throws IOException {
    Map<String, Object> other = Map.of("model", "abd", "layers", List.of("relu1"));
    files.write(other, three());
    Files.move(files.file(other), files.file(OF));
    assertThatThrownBy(() -> kept(OF))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("differs in layers, model. Delete the file");
  }

  @Test
  void tellsADamagedFileCutAnywhere() throws IOException {
    files.write(OF, three());
    byte[] whole = Files.readAllBytes(files.file(OF));
    for (int length = 0; length < whole.length; length++) {
      Files.write(files.file(OF), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> kept(OF))
          .as("cut off after %d bytes", length)
          .isInstanceOf(DamagedRecordException.class);
    }
    whole[whole.length / 2] ^= 1;
    Files.write(files.file(OF), whole);
    assertThatThrownBy(() -> kept(OF)).isInstanceOf(DamagedRecordException.class);
  }
}
