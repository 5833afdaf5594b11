package org.slipway;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java source and how many lines of code it has: lines that hold more than blanks and comments.
 */
record SourceFile(Path path, int lines, List<Method> methods) {

  record Method(String file, String name, int lines) {}

  static List<SourceFile> below(List<Path> roots) throws IOException {
    List<Path> paths = new ArrayList<>();
    for (Path root : roots) {
      try (Stream<Path> tree = Files.walk(root)) {
        tree.filter(path -> path.toString().endsWith(".java")).sorted().forEach(paths::add);
      }
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(paths));
      SourcePositions positions = Trees.instance(task).getSourcePositions();
      List<SourceFile> files = new ArrayList<>();
      for (CompilationUnitTree unit : task.parse()) {
        files.add(read(unit, positions));
      }
      return files;
    }
  }

  private static SourceFile read(CompilationUnitTree unit, SourcePositions positions)
      throws IOException {
    Path path = Path.of(unit.getSourceFile().toUri());
    BitSet code = linesOfCode(Files.readString(path));
    List<Method> methods = new ArrayList<>();
    new TreeScanner<Void, Void>() {
      @Override
      public Void visitMethod(MethodTree method, Void none) {
        long start = positions.getStartPosition(unit, method);
        long end = positions.getEndPosition(unit, method);
        if (start >= 0 && end > start) {
          int first = (int) unit.getLineMap().getLineNumber(start);
          int last = (int) unit.getLineMap().getLineNumber(end);
          methods.add(
              new Method(
                  path.getFileName().toString(),
                  method.getName().toString(),
                  code.get(first, last + 1).cardinality()));
        }
        return super.visitMethod(method, none);
      }
    }.scan(unit, null);
    return new SourceFile(path, code.cardinality(), List.copyOf(methods));
  }

  /** Line numbers, from 1, of the lines with something besides blanks and comments. */
  static BitSet linesOfCode(String source) {
    BitSet code = new BitSet();
    int line = 1;
    String open = "";
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (c == '\n') {
        line++;
        open = open.equals("//") ? "" : open;
        continue;
      }
      boolean comment = open.equals("//") || open.equals("/*");
      if (open.isEmpty()) {
        open = opening(source, i);
        comment = open.equals("//") || open.equals("/*");
        i += Math.max(0, open.length() - 1);
      } else if (c == '\\' && !comment) {
        i++;
      } else if (source.startsWith(open.equals("/*") ? "*/" : open, i) && !open.equals("//")) {
        i += open.equals("/*") ? 1 : open.length() - 1;
        open = "";
      }
      if (!comment && !Character.isWhitespace(c)) {
        code.set(line);
      }
    }
    return code;
  }

  /** The comment or literal that begins here, by its opening; empty for none. */
  private static String opening(String source, int at) {
    return Stream.of("//", "/*", "\"\"\"", "\"", "'")
        .filter(opening -> source.startsWith(opening, at))
        .findFirst()
        .orElse("");
  }
}
