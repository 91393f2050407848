package io.hone.host.newplugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hone.api.BadInputException;
import io.hone.host.component.ComponentKind;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PluginNamesTest {
  private static PluginNames from(String folder) {
    return PluginNames.of(
        ComponentKind.ATTACK,
        Path.of(folder),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void derivesEveryNameFromTheFolder() {
    assertThat(from("work/salt-and-pepper"))
        .isEqualTo(
            new PluginNames("salt-and-pepper", "org.example.saltandpepper", "SaltAndPepper"));
  }

  @ParameterizedTest
  @CsvSource({"My Plugin", "2nd", "Upper"})
  void takesAPlainNameWhereTheFolderGivesNone(String folder) {
    assertThat(from("target/" + folder).id()).isEqualTo("my-attack");
  }

  @Test
  void callsAComponentAfterItsKindWhereTheFolderGivesNoName() {
    PluginNames names =
        PluginNames.of(
            ComponentKind.DEFENSE,
            Path.of("My Plugin"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    assertThat(names)
        .isEqualTo(new PluginNames("my-defense", "org.example.mydefense", "MyDefense"));
  }

  @Test
  void whatIsGivenWins() {
    PluginNames names =
        PluginNames.of(
            ComponentKind.DEFENSE,
            Path.of("x"),
            Optional.of("salt"),
            Optional.of("com.acme"),
            Optional.of("Pepper"));
    assertThat(names).isEqualTo(new PluginNames("salt", "com.acme", "Pepper"));
  }

  @ParameterizedTest
  @CsvSource({
    "Salt, com.acme, Salt, --id Salt",
    "salt, com..acme, Salt, --package com..acme",
    "salt, com.class, Salt, --package com.class",
    "salt, com.acme, 2Salt, --class 2Salt",
    "salt, com.acme, record-like, --class record-like",
    "salt, com.acme, class, --class class"
  })
  void refusesWhatIsNoName(String id, String packageName, String className, String place) {
    assertThatThrownBy(() -> new PluginNames(id, packageName, className))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith(place + ":");
  }
}
