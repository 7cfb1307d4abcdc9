package dev.chassis.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassArchiveTest {

    private static final String JDK_ARCHIVE =
            "800000000-800c00000 rw-p 00001000 fe:00 11 /opt/java/lib/server/classes.jsa";

    @Test
    void theArchiveOfTheJdkDoesNotCount() {
        assertThat(ClassArchive.inUse(JDK_ARCHIVE)).isEqualTo("none");
    }

    @Test
    void anAotCacheThatIsMappedIsInUse() {
        assertThat(ClassArchive.inUse(JDK_ARCHIVE + "\n7f00-7f01 r--p 0 fe:00 12 /app/app.aot"))
                .isEqualTo("aot");
    }

    @Test
    void aCdsArchiveOfTheServiceIsInUse() {
        assertThat(ClassArchive.inUse("7f00-7f01 r--p 0 fe:00 12 /app/app.jsa\n" + JDK_ARCHIVE))
                .isEqualTo("cds");
    }

    @Test
    void tellsOfTheRunningJvm() {
        assertThat(ClassArchive.inUse()).isIn("none", "cds", "aot");
    }
}
