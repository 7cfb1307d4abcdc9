package dev.chassis.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingLoader;
import io.smallrye.config.ConfigMappingMetadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A step of the build: does for each mapping interface of a module what every start would do otherwise. Beside each it puts a class with
 * its {@link KeyTable}, and the class that SmallRye would generate, which SmallRye looks for by its name first. A mapping that has none of
 * this works all the same, only later.
 */
public final class MappingCompiler {

    private final Path classes;
    private final List<JavaFileObject> tables = new ArrayList<>();

    private MappingCompiler(Path classes) {
        this.classes = classes;
    }

    /**
     * Compiles the mappings of a module.
     *
     * @param arguments the directory its classes are in
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String... arguments) throws IOException {
        MappingCompiler compiler = new MappingCompiler(Path.of(arguments[0]));
        for (Class<?> mapping : compiler.mappings()) {
            compiler.add(mapping);
        }
        compiler.compileTables();
    }

    private List<Class<?>> mappings() throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class") && !name.contains("$$"))
                    .sorted()
                    .<Class<?>>map(MappingCompiler::load)
                    .filter(type -> type.isInterface() && type.isAnnotationPresent(ConfigMapping.class))
                    .toList();
        }
    }

    private static Class<?> load(String file) {
        String name = file.substring(0, file.length() - ".class".length())
                .replace('/', '.')
                .replace('\\', '.');
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(name + " (expected: on the class path)", e);
        }
    }

    /** What a mapping extends or has groups of may belong to another module, whose build is to do the same. */
    private void add(Class<?> mapping) throws IOException {
        for (ConfigMappingMetadata metadata : ConfigMappingLoader.getConfigMappingsMetadata(mapping)) {
            if (Files.exists(file(metadata.getInterfaceType().getName()))) {
                Files.write(file(metadata.getClassName()), metadata.getClassBytes());
            }
        }
        Files.deleteIfExists(file(KeyTable.className(mapping)));
        KeyTable table = KeyTable.made(mapping);
        if (table != null) {
            tables.add(new Source(KeyTable.className(mapping), table.text()));
        }
    }

    private Path file(String className) {
        return classes.resolve(className.replace('.', '/') + ".class");
    }

    private void compileTables() {
        List<String> options = List.of("-d", classes.toString(), "--release", "17", "-proc:none");
        if (!tables.isEmpty()
                && !ToolProvider.getSystemJavaCompiler()
                        .getTask(null, null, null, options, null, tables)
                        .call()) {
            throw new IllegalStateException("the tables of keys could not be compiled; see above");
        }
    }

    /** A class that gives a text, as its source. */
    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String className, String text) {
            super(URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            int dot = className.lastIndexOf('.');
            this.code = "package " + className.substring(0, dot) + ";"
                    + "public final class " + className.substring(dot + 1)
                    + " implements java.util.function.Supplier<String> {"
                    + "@Override public String get() { return \"" + escaped(text) + "\"; } }";
        }

        private static String escaped(String text) {
            return text.replace("\\", "\\\\")
                    .replace("\"", "\\\"")
                    .replace("\t", "\\t")
                    .replace("\n", "\\n");
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
