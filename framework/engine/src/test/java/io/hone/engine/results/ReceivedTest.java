package io.hone.engine.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ReceivedTest {
  private static final JsonMapper JSON = JsonMapper.shared();

  private static void staysTheSame(Received received, String json) {
    assertThat(JSON.writeValueAsString(received)).isEqualTo(json);
    assertThat(JSON.readValue(json, Received.class)).isEqualTo(received);
  }

  @Test
  void oneNameIsATextSeveralAreAList() {
    staysTheSame(Received.NOTHING, "\"\"");
    staysTheSame(Received.of("fgsm"), "\"fgsm\"");
    staysTheSame(new Received(List.of("fgsm", "pgd")), "[\"fgsm\",\"pgd\"]");
  }
}
