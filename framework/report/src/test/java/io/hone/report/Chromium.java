package io.hone.report;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.json.Json;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** A headless Chromium without a network, for tests that look at a page as its readers do. */
final class Chromium implements AutoCloseable {
  // Selenium warns when it does not know the browser's newest protocol, of which nothing is used.
  private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

  private final ChromeDriver driver;

  private Chromium(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts the installed browser; where there is none the calling test is skipped, saying so. */
  static Chromium start(Path profile) {
    Optional<File> browser = installed("chromium", "chromium-browser", "google-chrome");
    Optional<File> control = installed("chromedriver");
    assumeTrue(
        browser.isPresent() && control.isPresent(),
        "the report is not looked at in a browser: install chromium and chromium-driver for that");
    SELENIUM.setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--user-data-dir=" + profile);
    // Both programs are named, so that Selenium goes looking for neither of them.
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(control.get())
            .usingAnyFreePort()
            .build();
    return new Chromium(new ChromeDriver(service, options));
  }

  private static Optional<File> installed(String... names) {
    List<String> folders = List.of(System.getenv("PATH").split(File.pathSeparator));
    return Arrays.stream(names)
        .flatMap(name -> folders.stream().map(folder -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .map(Path::toFile)
        .findFirst();
  }

  /** Opens a file in a window of a width in pixels. */
  void open(Path file, int width, String scheme) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", 900, "deviceScaleFactor", 1, "mobile", width < 600));
    driver.executeCdpCommand(
        "Emulation.setEmulatedMedia",
        Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    driver.get(file.toUri().toString());
  }

  /** Returns what a script returns: a number, a text, or a list of these. */
  Object ask(String script) {
    return driver.executeScript(script);
  }

  /** Returns what a script returns as a list of texts. */
  List<String> texts(String script) {
    return ((List<?>) ask(script)).stream().map(String::valueOf).toList();
  }

  /** Returns the elements whose text has less contrast than WCAG 2 asks of small text. */
  List<String> faintTexts() {
    return texts(
        """
            const channels = colour => colour.match(/[0-9.]+/g).map(Number);
            const light = colour => channels(colour).slice(0, 3)
              .map(c => c / 255)
              .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
              .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
            const behind = element => {
              for (let at = element; at; at = at.parentElement) {
                const colour = getComputedStyle(at).backgroundColor;
                if (channels(colour).length < 4 || channels(colour)[3] > 0) return colour;
              }
            };
            return [...document.querySelectorAll('body *')]
              .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()))
              .filter(e => !['TITLE', 'PRE'].includes(e.tagName.toUpperCase()))
              .filter(e => {
                const style = getComputedStyle(e);
                const text = light(e.namespaceURI.endsWith('svg') ? style.fill : style.color);
                const back = light(behind(e));
                return (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05) < 4.5;
              })
              .map(e => e.tagName + '.' + e.className + ' ' + e.textContent);
            """);
  }

  /** Returns how many pixels of the page are beside the window. */
  long overflow() {
    return (Long)
        ask(
            "return document.documentElement.scrollWidth -"
                + " document.documentElement.clientWidth");
  }

  /** Returns what the console has said since the last call. */
  List<String> console() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Returns the addresses asked for since the last call. */
  List<String> requests() {
    return driver.manage().logs().get(LogType.PERFORMANCE).getAll().stream()
        .map(entry -> new PlainTree(new Json().toType(entry.getMessage(), Json.MAP_TYPE)))
        .filter(
            event ->
                event.text("message", "method").equals(Optional.of("Network.requestWillBeSent")))
        .flatMap(event -> event.text("message", "params", "request", "url").stream())
        .toList();
  }

  @Override
  public void close() {
    driver.quit();
  }
}
