package dev.chassis.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/** A certificate for 127.0.0.1 that nobody but itself has signed, made by the JDK's keytool. Stateless. */
final class SelfSigned {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String ALIAS = "server";

    private SelfSigned() {}

    /** Writes {@code server.crt} and {@code server.key} (PEM) into the directory of a server, for its user only. */
    static void writeFor(DatabaseProcess process) {
        Path store = process.home().resolve("server.p12");
        process.run(List.of(
                System.getProperty("java.home") + "/bin/keytool",
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD)));
        try (InputStream in = Files.newInputStream(store)) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(in, PASSWORD);
            write(
                    process,
                    "server.crt",
                    "CERTIFICATE",
                    keys.getCertificate(ALIAS).getEncoded());
            write(
                    process,
                    "server.key",
                    "PRIVATE KEY",
                    keys.getKey(ALIAS, PASSWORD).getEncoded());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for a server of a test", e);
        }
    }

    private static void write(DatabaseProcess process, String name, String kind, byte[] der) throws IOException {
        Path file = process.home().resolve(name);
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        process.own(file);
    }
}
