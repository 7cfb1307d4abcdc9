package dev.chassis.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a service's files; git merges for real. The command as a whole is tried by {@code .ci/publish}, with two releases. */
class UpgradeTest {

    private static final String LINES = "one\ntwo\nthree\nfour\nfive\nsix\nseven\n";

    @TempDir
    Path directory;

    private Path old;
    private Path fresh;
    private Path service;

    @BeforeEach
    void begin() throws IOException {
        old = Files.createDirectory(directory.resolve("old"));
        fresh = Files.createDirectory(directory.resolve("new"));
        service = Files.createDirectory(directory.resolve("service"));
    }

    @Test
    void aFileThatWasNotEditedIsWhatTheNewTemplateHas() throws Exception {
        write(LINES, old, service);
        write(LINES.replace("two", "2"), fresh);

        assertThat(apply()).isEqualTo(Upgrade.OK);
        assertThat(file()).isEqualTo(LINES.replace("two", "2"));
    }

    @Test
    void anEditElsewhereInTheFileIsKept() throws Exception {
        write(LINES, old);
        write(LINES.replace("two", "2"), fresh);
        write(LINES.replace("six", "6, edited"), service);

        assertThat(apply()).isEqualTo(Upgrade.OK);
        assertThat(file()).isEqualTo(LINES.replace("two", "2").replace("six", "6, edited"));
    }

    @Test
    void anEditOfTheSameLinesIsAConflictThatLeavesTheFileAlone() throws Exception {
        write(LINES, old);
        write(LINES.replace("two", "2"), fresh);
        write(LINES.replace("two", "zwei"), service);

        assertThat(apply()).isEqualTo(Upgrade.CONFLICTS);
        assertThat(file()).isEqualTo(LINES.replace("two", "zwei"));
        assertThat(service.resolve("file.conflict"))
                .content()
                .contains("<<<<<<< yours\nzwei\n=======\n2\n>>>>>>> new template\n");
    }

    @Test
    void aFileThatTheServiceMadeItselfAndTheTemplateNowHasIsAConflict() throws Exception {
        write("the template's\n", fresh);
        write("ours\n", service);

        assertThat(apply()).isEqualTo(Upgrade.CONFLICTS);
        assertThat(file()).isEqualTo("ours\n");
    }

    @Test
    void aNewFileArrivesAsExecutableAsItIs() throws Exception {
        write("#!/bin/sh\n", fresh);
        assertThat(fresh.resolve("file").toFile().setExecutable(true, false)).isTrue();

        assertThat(apply()).isEqualTo(Upgrade.OK);
        assertThat(service.resolve("file")).isExecutable().hasContent("#!/bin/sh");
    }

    @Test
    void aFileThatTheTemplateHasNoMoreGoesUnlessItWasEdited() throws Exception {
        write(LINES, old, service);
        assertThat(apply()).isEqualTo(Upgrade.OK);
        assertThat(service.resolve("file")).doesNotExist();

        write("edited\n", service);
        assertThat(apply()).isEqualTo(Upgrade.OK);
        assertThat(file()).isEqualTo("edited\n");
    }

    @Test
    void aFileThatTheServiceHasDeletedStaysAway() throws Exception {
        write(LINES, old);
        write("another\n", fresh);

        assertThat(apply()).isEqualTo(Upgrade.OK);
        assertThat(service.resolve("file")).doesNotExist();
    }

    @Test
    void aBinaryFileThatBothHaveChangedIsAConflict() throws Exception {
        write("a\0b", old);
        write("a\0c", fresh);
        write("a\0d", service);

        assertThat(apply()).isEqualTo(Upgrade.CONFLICTS);
        assertThat(file()).isEqualTo("a\0d");
    }

    @Test
    void whatIsOnlyShownIsNotDone() throws Exception {
        write(LINES, old, service);
        write("another\n", fresh);

        assertThat(new Upgrade(service, false).merge(old, fresh)).isEqualTo(Upgrade.OK);
        assertThat(file()).isEqualTo(LINES);
    }

    @Test
    void aDirectoryThatWasNotGeneratedIsRefused() throws Exception {
        assertThat(Upgrade.run(List.of("--service=" + service, "--to=2.0.0"))).isEqualTo(Upgrade.REFUSED);
    }

    @Test
    void anUnknownArgumentIsRefused() throws Exception {
        assertThat(Upgrade.run(List.of("--force"))).isEqualTo(Upgrade.USAGE);
    }

    @Test
    void whatIsNotCommittedIsRefused() throws Exception {
        Path answers = Files.createDirectories(service.resolve(".chassis")).resolve("answers.json");
        Files.writeString(answers, "{\"template\": \"a:b:1\", \"answers\": {\"artifactId\": \"x\"}}");
        assertThat(Run.of(service, List.of("git", "init", "-q")).status()).isZero();

        assertThat(Upgrade.run(List.of("--apply", "--service=" + service, "--to=2.0.0")))
                .isEqualTo(Upgrade.REFUSED);
        assertThat(Answers.of(service).values())
                .containsEntry("artifactId", "x")
                .hasSize(1);
    }

    private int apply() throws IOException, InterruptedException {
        return new Upgrade(service, true).merge(old, fresh);
    }

    private String file() throws IOException {
        return Files.readString(service.resolve("file"));
    }

    private static void write(String content, Path... roots) throws IOException {
        for (Path root : roots) {
            Files.writeString(root.resolve("file"), content);
        }
    }
}
