package io.hone.core.component;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A plugin that was loaded.
 *
 * @param id from its manifest
 * @param version from its manifest
 * @param jar the file it was loaded from
 * @param components what it brings
 */
public record PluginDescription(
    String id, String version, Path jar, List<ComponentDescriptor> components) {
  private static final int BUFFER = 1 << 16;

  /** Returns the SHA-256 of the jar as lower case hexadecimal digits; reads the whole file. */
  public String sha256() {
    try (InputStream bytes = Files.newInputStream(jar)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[BUFFER];
      for (int count = bytes.read(buffer); count >= 0; count = bytes.read(buffer)) {
        digest.update(buffer, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the plugin jar " + jar, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
