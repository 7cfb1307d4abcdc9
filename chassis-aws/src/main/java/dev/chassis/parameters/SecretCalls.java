package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.json.Json;
import dev.chassis.json.JsonException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Calls of Secrets Manager: one for each secret, whatever is wanted of it. Thread-safe. */
final class SecretCalls {

    private final SecretsManagerClient client;
    private final Results results;
    private final Json json = new Json();

    SecretCalls(SecretsManagerClient client, Results results) {
        this.client = client;
        this.results = results;
    }

    /** Everything that is to be called for these, each on its own. */
    List<Runnable> of(List<Reference> wanted) {
        Map<String, List<Reference>> secrets = new TreeMap<>();
        wanted.forEach(reference -> secrets.computeIfAbsent(reference.name(), name -> new ArrayList<>())
                .add(reference));
        List<Runnable> calls = new ArrayList<>();
        secrets.forEach((name, references) -> calls.add(
                () -> results.orFailed(references, () -> text(name)).ifPresent(text -> take(references, text))));
        return calls;
    }

    /** Empty for one that is bytes, which is told by whoever takes it. */
    private String text(String name) {
        String text = client.getSecretValue(request -> request.secretId(name)).secretString();
        return text == null ? "" : text;
    }

    private void take(List<Reference> references, String text) {
        for (Reference reference : references) {
            if (text.isEmpty()) {
                results.failure(reference, reference + " to be text (SecretString): it is bytes (SecretBinary)");
            } else if (reference.member().isEmpty()) {
                results.value(reference, text);
            } else {
                takeMember(reference, text);
            }
        }
    }

    private void takeMember(Reference reference, String text) {
        try {
            Object member = json.decode(text.getBytes(StandardCharsets.UTF_8), Map.class)
                    .get(reference.member());
            if (isPlain(member)) {
                results.value(reference, String.valueOf(member));
            } else {
                String found = member == null ? "it has no such member" : "the member is something else";
                results.failure(
                        reference, reference + " to be text, a whole number or a boolean in a JSON object; " + found);
            }
        } catch (JsonException e) { // It quotes what it read.
            results.failure(
                    reference,
                    "secret:" + reference.name() + " to be a JSON object, because #" + reference.member()
                            + " asks for a member; it is none");
        }
    }

    private static boolean isPlain(@Nullable Object member) {
        return member instanceof String
                || member instanceof Integer
                || member instanceof Long
                || member instanceof BigInteger
                || member instanceof Boolean;
    }
}
