package dev.chassis.upgrade;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Brings a generated service to what a newer template generates from the same answers, and keeps what was edited: {@code java -jar
 * chassis-upgrade.jar [--to=VERSION] [--apply] [--service=DIRECTORY] [-- options of Maven]}. Without {@code --apply} it only shows.
 *
 * <p>Exit codes: 0 done, or nothing to do; 1 there are conflicts, which are left to the user: the edited file stays as it is, and beside it
 * lies {@code <file>.conflict} with the marks of git; 64 an argument that nobody knows; 65 it was refused, and nothing was changed.
 */
public final class Upgrade {

    static final int OK = 0;
    static final int CONFLICTS = 1;
    static final int USAGE = 64;
    static final int REFUSED = 65;

    private final Path service;
    private final boolean apply;

    Upgrade(Path service, boolean apply) {
        this.service = service;
        this.apply = apply;
    }

    /** The command. */
    public static void main(String[] args) throws IOException, InterruptedException {
        System.exit(run(List.of(args)));
    }

    static int run(List<String> args) throws IOException, InterruptedException {
        int end = args.contains("--") ? args.indexOf("--") : args.size();
        List<String> maven = args.subList(Math.min(end + 1, args.size()), args.size());
        Path service = Path.of("").toAbsolutePath();
        String to = Upgrade.class.getPackage().getImplementationVersion();
        boolean apply = false;
        for (String arg : args.subList(0, end)) {
            if (arg.equals("--apply")) {
                apply = true;
            } else if (arg.startsWith("--to=")) {
                to = arg.substring("--to=".length());
            } else if (arg.startsWith("--service=")) {
                service = Path.of(arg.substring("--service=".length())).toAbsolutePath();
            } else {
                System.err.println(
                        arg + " (expected: --apply, --to=VERSION, --service=DIRECTORY or -- and options of Maven)");
                return USAGE;
            }
        }
        return new Upgrade(service, apply).to(to, maven);
    }

    private int to(@Nullable String version, List<String> maven) throws IOException, InterruptedException {
        Path work = Files.createTempDirectory("upgrade");
        try {
            Answers answers = Answers.of(service);
            if (version == null) {
                throw new Refused("no version (expected: --to=VERSION)");
            }
            refuseWhatIsNotCommitted();
            Path old = generate(answers, answers.version(), work.resolve("old"), maven);
            Path fresh = generate(answers, version, work.resolve("new"), maven);
            System.out.println(answers.archetype() + ": " + answers.version() + " to " + version);
            return merge(old, fresh);
        } catch (Refused refused) {
            System.err.println(refused.getMessage());
            return REFUSED;
        } finally {
            delete(work);
        }
    }

    private static Path generate(Answers answers, String version, Path into, List<String> maven)
            throws IOException, InterruptedException {
        return Template.generate(answers, version, Files.createDirectory(into), maven);
    }

    /** Nothing can be lost that git has; and what the upgrade has done is what {@code git diff} shows. */
    private void refuseWhatIsNotCommitted() throws IOException, InterruptedException {
        Run status = Run.of(service, List.of("git", "status", "--porcelain", "."));
        if (status.status() != 0) {
            throw new Refused(service + " is not in a git repository (expected: one, with everything committed)");
        }
        if (apply && !status.text().isBlank()) {
            throw new Refused("not committed:\n" + status.text()
                    + "(expected: everything committed, so that git can undo the upgrade)");
        }
    }

    /** From what both templates have generated; returns the exit code. */
    int merge(Path old, Path fresh) throws IOException, InterruptedException {
        List<Change> changes = new ThreeWay(old, fresh, service).changes();
        for (Change change : changes) {
            System.out.println(change);
            if (apply) {
                apply(change, fresh);
            } else {
                show(change, old, fresh);
            }
        }
        if (changes.isEmpty()) {
            System.out.println("nothing to do");
        } else if (!apply) {
            System.out.println("nothing was changed: --apply does it");
        }
        return changes.stream().anyMatch(change -> change.kind() == Change.Kind.CONFLICT) ? CONFLICTS : OK;
    }

    private void show(Change change, Path old, Path fresh) throws IOException, InterruptedException {
        Path before = old.resolve(change.file());
        Path after = fresh.resolve(change.file());
        Path nothing = Path.of(File.separatorChar == '/' ? "/dev/null" : "NUL");
        System.out.print(Run.of(
                        service,
                        List.of(
                                "git",
                                "diff",
                                "--no-index",
                                "--no-color",
                                (Files.exists(before) ? before : nothing).toString(),
                                (Files.exists(after) ? after : nothing).toString()))
                .text());
    }

    private void apply(Change change, Path fresh) throws IOException {
        Path file = service.resolve(change.file());
        byte[] merged = change.merged();
        if (change.kind() == Change.Kind.DELETE) {
            Files.delete(file);
        } else if (merged != null) {
            Path target = change.kind() == Change.Kind.CONFLICT ? Path.of(file + ".conflict") : file;
            Files.createDirectories(target.toAbsolutePath().getParent());
            Files.write(target, merged);
            if (Files.isExecutable(fresh.resolve(change.file()))
                    && !target.toFile().setExecutable(true, false)) {
                throw new IOException(target + " cannot be made executable");
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
