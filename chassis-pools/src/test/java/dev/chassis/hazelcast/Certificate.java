package dev.chassis.hazelcast;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for the API endpoints of AWS that nobody but a test trusts, made by the JDK's keytool. */
final class Certificate {

    static final String PASSWORD = "changeit";

    private Certificate() {}

    static Path in(Path directory) {
        return directory.resolve("aws.p12");
    }

    static SSLContext create(Path directory) throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "aws",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=ecs." + FakeAws.REGION + ".amazonaws.com",
                        "-ext",
                        "san=dns:ecs." + FakeAws.REGION + ".amazonaws.com,dns:ec2." + FakeAws.REGION + ".amazonaws.com",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        in(directory).toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (keytool.waitFor() != 0) {
            throw new IllegalStateException("keytool ended with " + keytool.exitValue());
        }
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(in(directory))) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}
