package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.Parameter;

/** Calls of Parameter Store. Thread-safe. */
final class SsmCalls {

    /** The most that a call takes (Systems Manager API reference, GetParameters and GetParametersByPath). */
    private static final int MOST = 10;

    private final SsmClient client;
    private final Results results;

    SsmCalls(SsmClient client, Results results) {
        this.client = client;
        this.results = results;
    }

    /** Everything that is to be called for these, each on its own. */
    List<Runnable> of(List<Reference> wanted) {
        List<Runnable> calls = new ArrayList<>();
        List<Reference> plain = new ArrayList<>();
        for (Reference reference : wanted) {
            if (reference.kind() == Kind.PATH) {
                calls.add(() -> results.orFailed(List.of(reference), () -> below(reference)));
            } else if (reference.name().indexOf(':') < 0) {
                plain.add(reference);
            } else {
                calls.add(() ->
                        read(List.of(reference))); // a version, a label or an ARN: the answer may have another name
            }
        }
        for (int from = 0; from < plain.size(); from += MOST) {
            List<Reference> batch = List.copyOf(plain.subList(from, Math.min(plain.size(), from + MOST)));
            calls.add(() -> read(batch));
        }
        return calls;
    }

    /** One name that is refused fails the call for all of them: each is asked for alone then. */
    private void read(List<Reference> batch) {
        try {
            get(batch);
        } catch (AwsServiceException e) {
            if (batch.size() == 1 || e.isThrottlingException() || e.statusCode() >= 500) {
                results.failed(batch, e);
            } else {
                batch.forEach(one -> read(List.of(one)));
            }
        } catch (RuntimeException e) {
            results.failed(batch, e);
        }
    }

    private void get(List<Reference> batch) {
        List<String> names = batch.stream().map(Reference::name).toList();
        List<Parameter> found = client.getParameters(
                        request -> request.names(names).withDecryption(true))
                .parameters();
        for (Reference reference : batch) {
            found.stream()
                    .filter(parameter -> batch.size() == 1 || parameter.name().equals(reference.name()))
                    .findFirst()
                    .ifPresentOrElse(
                            parameter -> results.value(reference, parameter.value()),
                            () -> results.failure(
                                    reference, Failures.missing(reference, client.serviceClientConfiguration())));
        }
    }

    private Map<String, String> below(Reference path) {
        Map<String, String> all = new HashMap<>();
        client.getParametersByPathPaginator(request -> request.path(path.name())
                        .recursive(true)
                        .withDecryption(true)
                        .maxResults(MOST))
                .forEach(page -> page.parameters().forEach(parameter -> all.put(parameter.name(), parameter.value())));
        if (all.isEmpty()) {
            results.failure(path, Failures.missing(path, client.serviceClientConfiguration()));
        } else {
            results.below(path, all);
        }
        return all;
    }
}
