package org.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ConditionalExpressionTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Everything that the client says stands in both languages. */
class TextTest {
  private static final Path SOURCES = Path.of("src/main/java/org/slipway/client");
  private static final Pattern SENTENCE = Pattern.compile(".*[A-Za-z]+ [a-z]+ [a-z]+.*");
  private static final Pattern PLACE = Pattern.compile("%[-,.0-9]*[a-zA-Z]");

  /** Said to a server, read by a program, or said before there is a language. */
  private static final Set<String> FOR_PROGRAMS =
      Set.of("# slipway manifest", "unknown transfer ID", "transfer ended");

  /** Texts that are translated, and sentences that are not. */
  private static final Set<String> TRANSLATED = new TreeSet<>();

  private static final List<String> BARE = new ArrayList<>();

  @BeforeAll
  static void parse() throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.list(SOURCES)) {
      paths = tree.filter(f -> f.toString().endsWith(".java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      var files = manager.getJavaFileObjectsFromPaths(paths);
      JavacTask task =
          (JavacTask) compiler.getTask(null, manager, null, List.of("-proc:none"), null, files);
      for (CompilationUnitTree unit : task.parse()) {
        String name = Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        if (!name.equals("Launcher.java")) {
          new Scanner(name).scan(unit, null);
        }
      }
    }
  }

  private static final class Scanner extends TreeScanner<Void, Void> {
    private final String file;

    Scanner(String file) {
      this.file = file;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void none) {
      String method = call.getMethodSelect().toString();
      if ((method.equals("Text.of") || method.endsWith(".say")) && !call.getArguments().isEmpty()) {
        texts(call.getArguments().getFirst());
        call.getArguments().stream().skip(1).forEach(argument -> scan(argument, null));
        return null;
      }
      return super.visitMethodInvocation(call, none);
    }

    /** A fault of our own is told in English: it is for a report. */
    @Override
    public Void visitNewClass(NewClassTree made, Void none) {
      return made.getIdentifier().toString().matches("Illegal(State|Argument)Exception")
          ? null
          : super.visitNewClass(made, none);
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, Void none) {
      for (ExpressionTree argument : annotation.getArguments()) {
        if (argument instanceof AssignmentTree assignment
            && assignment.getVariable().toString().matches("description|footer|\\w+Heading")) {
          texts(assignment.getExpression());
        }
      }
      return null;
    }

    private void texts(Tree tree) {
      switch (tree) {
        case ConditionalExpressionTree choice -> {
          texts(choice.getTrueExpression());
          texts(choice.getFalseExpression());
        }
        case com.sun.source.tree.NewArrayTree array -> array.getInitializers().forEach(this::texts);
        case ParenthesizedTree inner -> texts(inner.getExpression());
        default -> {
          String text = constant(tree);
          if (text == null) {
            scan(tree, null);
          } else if (PLACE.matcher(text).replaceAll("").matches("(?s).*[A-Za-z]{2}.*")) {
            TRANSLATED.add(text);
          }
        }
      }
    }

    private static String constant(Tree tree) {
      return switch (tree) {
        case LiteralTree literal when literal.getValue() instanceof String text -> text;
        case BinaryTree sum -> {
          String left = constant(sum.getLeftOperand());
          String right = constant(sum.getRightOperand());
          yield left == null || right == null ? null : left + right;
        }
        case ParenthesizedTree inner -> constant(inner.getExpression());
        default -> null;
      };
    }

    @Override
    public Void visitLiteral(LiteralTree literal, Void none) {
      if (literal.getValue() instanceof String text
          && SENTENCE.matcher(text).matches()
          && !FOR_PROGRAMS.contains(text)) {
        BARE.add(file + ": " + text);
      }
      return null;
    }
  }

  @Test
  void everyTextIsInChineseToo() {
    assertThat(TRANSLATED).hasSizeGreaterThan(90);
    Set<String> missing = new TreeSet<>(TRANSLATED);
    missing.removeAll(Text.chinese().keySet());
    assertThat(missing).isEmpty();
  }

  @Test
  void noTextIsTranslatedThatNobodySays() {
    Set<String> unused = new TreeSet<>(Text.chinese().keySet());
    unused.removeAll(TRANSLATED);
    assertThat(unused).isEmpty();
  }

  @Test
  void noSentenceStandsInTheSourcesUntranslated() {
    assertThat(BARE).isEmpty();
  }

  /** With the same arguments in the same order, or by number. */
  @Test
  void translationsHaveTheSameArguments() {
    Text.chinese()
        .forEach((english, chinese) -> {
          assertThat(chinese).as(english).matches("(?s).*\\p{IsHan}.*");
          assertThat(places(chinese)).as(english).isEqualTo(places(english));
        });
  }

  private static List<String> places(String text) {
    return PLACE
        .matcher(text.replaceAll("%\\d\\$", "%"))
        .results()
        .map(java.util.regex.MatchResult::group)
        .sorted()
        .toList();
  }

  @Test
  void theLanguageIsThatOfTheLocale() {
    assertThat(Text.in(Locale.SIMPLIFIED_CHINESE, "it is empty")).isEqualTo("名称为空");
    assertThat(Text.in(Locale.GERMANY, "it is empty")).isEqualTo("it is empty");
  }

  @Test
  void theHelpIsInChinese() {
    var commandLine = Main.commandLine(CommandRun.IMPATIENT);
    HelpTexts.translate(commandLine, Locale.SIMPLIFIED_CHINESE);
    assertThat(commandLine.getSubcommands().get("provision").getUsageMessage())
        .contains("用法：", "设备的硬件地址", "服务器", "退出码", "默认：67")
        .doesNotContain("Usage", "Hardware address", "Folder that", "Account that");
  }

  @Test
  void percentSignsOfATextWithoutArgumentsAreKept() {
    assertThat(Text.of("100 % whole")).isEqualTo("100 % whole");
  }
}
