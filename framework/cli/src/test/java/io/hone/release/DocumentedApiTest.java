package io.hone.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever others compile against has a comment. The compiler's own check asks for a tag for each
 * parameter too, which a sentence often makes superfluous.
 */
class DocumentedApiTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("hone.checkout"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plugin-api/api",
        "plugin-api/numpy",
        "plugin-api/network",
        "plugin-api/testkit",
        "framework/hone"
      })
  void everyPublicAndProtectedMemberHasAComment(String module) throws IOException {
    assertThat(undocumented(sources(CHECKOUT.resolve(module).resolve("src/main/java")))).isEmpty();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }

  private static List<String> undocumented(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(sources));
      Commentless search = new Commentless(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        search.scan(unit, null);
      }
      return search.found;
    }
  }

  /** Looks for visible members without a comment; those of hidden classes are not visible. */
  private static final class Commentless extends TreePathScanner<Void, Void> {
    private final DocTrees comments;
    private final List<String> found = new ArrayList<>();

    Commentless(DocTrees comments) {
      this.comments = comments;
    }

    @Override
    public Void visitClass(ClassTree type, Void none) {
      if (!isVisible(type.getModifiers())) {
        return null;
      }
      check(type.getSimpleName().toString());
      return super.visitClass(type, none);
    }

    @Override
    public Void visitMethod(MethodTree method, Void none) {
      boolean overrides =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(annotation -> annotation.getAnnotationType().toString().equals("Override"));
      if (isVisible(method.getModifiers()) && !overrides) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void none) {
      if (isVisible(field.getModifiers())) {
        check(field.getName().toString());
      }
      return null;
    }

    private boolean isVisible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      return flags.contains(Modifier.PUBLIC)
          || flags.contains(Modifier.PROTECTED)
          || isInInterface() && !flags.contains(Modifier.PRIVATE);
    }

    /** Members of an interface are public without saying so. */
    private boolean isInInterface() {
      Tree outer = getCurrentPath().getParentPath().getLeaf();
      return outer.getKind() == Tree.Kind.INTERFACE || outer.getKind() == Tree.Kind.ANNOTATION_TYPE;
    }

    private void check(String name) {
      String comment = comments.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        String file = getCurrentPath().getCompilationUnit().getSourceFile().getName();
        found.add(CHECKOUT.relativize(Path.of(file)) + ": " + name);
      }
    }
  }
}
