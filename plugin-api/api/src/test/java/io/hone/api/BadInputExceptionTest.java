package io.hone.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BadInputExceptionTest {
  @Test
  void hasAMessageEvenWhereAPluginGaveNone() {
    assertThat(new BadInputException(null)).hasMessage("no reason is given");
    assertThat(new BadInputException("too large")).hasMessage("too large");
  }
}
