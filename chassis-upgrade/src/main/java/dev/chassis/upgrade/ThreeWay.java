package dev.chassis.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Three directories: what the old template generates, what the new one does, and the service, which began as the first. Every file that the
 * templates differ in is a change; git merges those that were edited. Reads only.
 */
final class ThreeWay {

    private static final int UNMERGEABLE = 128; // git merge-file: up to 127 it is the number of conflicts

    private final Path old;
    private final Path fresh;
    private final Path service;

    ThreeWay(Path old, Path fresh, Path service) {
        this.old = old;
        this.fresh = fresh;
        this.service = service;
    }

    /** The changes, in the order of their paths. */
    List<Change> changes() throws IOException, InterruptedException {
        TreeSet<Path> files = new TreeSet<>(filesOf(old));
        files.addAll(filesOf(fresh));
        List<Change> changes = new ArrayList<>();
        for (Path file : files) {
            change(file).ifPresent(changes::add);
        }
        return changes;
    }

    private Optional<Change> change(Path file) throws IOException, InterruptedException {
        byte[] before = read(old, file);
        byte[] after = read(fresh, file);
        byte[] now = read(service, file);
        boolean edited = !Arrays.equals(now, before);
        if (Arrays.equals(before, after) || Arrays.equals(now, after)) {
            return Optional.empty(); // nothing new, or there already
        }
        if (after == null) {
            return Optional.of(new Change(edited ? Change.Kind.KEEP : Change.Kind.DELETE, file, null));
        }
        if (now == null) {
            return Optional.of(
                    before == null
                            ? new Change(Change.Kind.ADD, file, after)
                            : new Change(Change.Kind.GONE, file, null));
        }
        return Optional.of(edited ? merge(file) : new Change(Change.Kind.UPDATE, file, after));
    }

    private Change merge(Path file) throws IOException, InterruptedException {
        Path base = old.resolve(file);
        if (!Files.exists(base)) {
            base = Files.createTempFile("nothing", "");
            base.toFile().deleteOnExit();
        }
        Run run = Run.of(
                service,
                List.of(
                        "git",
                        "merge-file",
                        "-p",
                        "-L",
                        "yours",
                        "-L",
                        "old template",
                        "-L",
                        "new template",
                        service.resolve(file).toString(),
                        base.toString(),
                        fresh.resolve(file).toString()));
        if (run.status() >= UNMERGEABLE) {
            return new Change(Change.Kind.CONFLICT, file, Files.readAllBytes(fresh.resolve(file))); // not a text
        }
        return new Change(run.status() == 0 ? Change.Kind.MERGE : Change.Kind.CONFLICT, file, run.output());
    }

    private static byte @Nullable [] read(Path root, Path file) throws IOException {
        Path path = root.resolve(file);
        return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
    }

    private static List<Path> filesOf(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile).map(root::relativize).toList();
        }
    }
}
