package io.hone.release;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A project of the build, as its POM describes it. */
record Pom(Path folder, Element project) {
  static Pom in(Path folder) throws Exception {
    return new Pom(
        folder,
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve("pom.xml").toFile())
            .getDocumentElement());
  }

  /** Returns the POMs below this one that make a jar. */
  List<Pom> jars() throws Exception {
    Stream.Builder<Pom> jars = Stream.builder();
    for (Element module : children(project, "modules", "module").toList()) {
      Pom child = in(folder.resolve(module.getTextContent()));
      child.jars().forEach(jars);
      if (child.text("packaging").isEmpty()) {
        jars.add(child);
      }
    }
    return jars.build().toList();
  }

  String artifactId() {
    return text("artifactId");
  }

  /** Returns the text below a path of elements, empty without one. */
  String text(String... path) {
    return texts(path).stream().findFirst().orElse("");
  }

  /** Returns the texts below every path of elements with these names. */
  List<String> texts(String... path) {
    return children(project, path).map(Element::getTextContent).toList();
  }

  private static Stream<Element> children(Element parent, String... path) {
    Stream<Element> found = Stream.of(parent);
    for (String name : path) {
      found = found.flatMap(element -> children(element, name));
    }
    return found;
  }

  private static Stream<Element> children(Element parent, String name) {
    NodeList nodes = parent.getChildNodes();
    return IntStream.range(0, nodes.getLength())
        .<Node>mapToObj(nodes::item)
        .filter(node -> node instanceof Element && node.getNodeName().equals(name))
        .map(Element.class::cast);
  }
}
