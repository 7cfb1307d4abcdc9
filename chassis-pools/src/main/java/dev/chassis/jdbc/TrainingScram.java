package dev.chassis.jdbc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The server's half of SCRAM-SHA-256 (RFC 5802, RFC 7677), as far as a client needs it to believe the server. The client's proof is not
 * looked at.
 */
final class TrainingScram {

    private static final String MECHANISM = "SCRAM-SHA-256";
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    /** PostgreSQL's default, {@code scram_iterations}. */
    private static final int ITERATIONS = 4096;

    private static final int KEY_BITS = 256;
    private static final byte[] SALT = "chassis-training".getBytes(StandardCharsets.US_ASCII);

    private final String password;

    TrainingScram(String password) {
        this.password = password;
    }

    /** Has the client log in. */
    void logIn(TrainingMessages messages) throws IOException {
        messages.send('R', body -> {
            body.writeInt(SASL);
            messages.text(body, MECHANISM);
            body.writeByte(0);
        });
        String clientFirst = first(messages.receive());
        String nonce = clientFirst.substring(clientFirst.indexOf("r=")) + "training";
        String serverFirst = nonce + ",s=" + base64(SALT) + ",i=" + ITERATIONS;
        say(messages, SASL_CONTINUE, serverFirst);
        String clientFinal = messages.receive().rest();
        String unproven = clientFinal.substring(0, clientFinal.lastIndexOf(",p="));
        say(messages, SASL_FINAL, "v=" + base64(signature(clientFirst + "," + serverFirst + "," + unproven)));
    }

    /** Without the header that is about channel binding: {@code n,,} or {@code y,,}. */
    private static String first(TrainingMessages.Received message) {
        message.text(); // the mechanism
        message.body().getInt();
        return message.rest().substring("n,,".length());
    }

    private static void say(TrainingMessages messages, int step, String text) throws IOException {
        messages.send('R', body -> {
            body.writeInt(step);
            body.write(text.getBytes(StandardCharsets.UTF_8));
        });
    }

    private byte[] signature(String all) throws IOException {
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ITERATIONS, KEY_BITS))
                    .getEncoded();
            return hmac(hmac(salted, "Server Key"), all);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
