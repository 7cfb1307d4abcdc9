package dev.chassis.departure;

import dev.chassis.aws.internal.ClientSettings;
import dev.chassis.ecs.EcsTask;
import dev.chassis.json.Json;
import dev.chassis.json.JsonException;
import dev.chassis.time.Deadline;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;

/**
 * The one call of ECS, DescribeTasks of this task (AWS JSON 1.1), signed and sent by what the SDK has for all services. The SDK's client of ECS
 * would be 4.3 MB more in every image, version 2.57, for one request of two members.
 *
 * <p>{@link #ask} is for one thread; {@link #close} for any, and ends a call that is under way.
 */
final class TaskCall implements AutoCloseable {

    private static final String SERVICE = "ecs";
    private static final int MOST_BYTES = 1 << 20;
    private static final int REGION = 3; // arn:partition:service:region:account:resource

    private final EcsTask task;
    private final String region;
    private final URI endpoint;
    private final Duration timeout;
    private final SdkHttpClient http;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final DefaultCredentialsProvider credentials =
            DefaultCredentialsProvider.builder().build();
    private final Json json = new Json();
    private volatile @Nullable ExecutableHttpRequest running;

    private TaskCall(EcsTask task, String region, DepartureConfig config) {
        this.task = task;
        this.region = region;
        this.endpoint = config.endpoint()
                .orElseGet(() ->
                        URI.create("https://" + ServiceMetadata.of(SERVICE).endpointFor(Region.of(region))));
        this.timeout = config.timeout();
        this.http = new ClientSettings(timeout, Optional.empty(), Optional.empty()).http();
    }

    /**
     * The call about this task, in the region of its ARN.
     *
     * @throws IOException if that is no ARN
     */
    static TaskCall of(EcsTask task, DepartureConfig config) throws IOException {
        String[] parts = task.arn().split(":", -1);
        if (parts.length <= REGION || parts[REGION].isEmpty()) {
            throw new IOException("the task has no region: " + task.arn() + " (expected: arn:aws:ecs:<region>:…)");
        }
        return new TaskCall(task, parts[REGION], config);
    }

    /**
     * What ECS says of the task now.
     *
     * @throws DeniedException if the task's role may not ask
     * @throws IOException for everything else, which may pass: the network, a throttle, an answer that is none
     */
    TaskStatus ask() throws IOException, DeniedException {
        byte[] body = json.encode(Map.of("cluster", task.cluster(), "tasks", List.of(task.arn())));
        SignedRequest signed = signer.sign(request -> request.identity(credentials.resolveCredentials())
                .request(request(body.length))
                .payload(() -> new ByteArrayInputStream(body))
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, SERVICE)
                .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        ExecutableHttpRequest call = http.prepareRequest(HttpExecuteRequest.builder()
                .request(signed.request())
                .contentStreamProvider(signed.payload().orElse(null))
                .build());
        running = call;
        try {
            HttpExecuteResponse response = call.call();
            Map<?, ?> answer = decoded(bytes(response));
            return response.httpResponse().isSuccessful() ? status(answer) : refused(answer, response);
        } finally {
            running = null;
        }
    }

    private SdkHttpRequest request(int length) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .putHeader("Content-Type", "application/x-amz-json-1.1")
                .putHeader("Content-Length", Integer.toString(length))
                .putHeader("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.DescribeTasks")
                .build();
    }

    /** The time-out of a read is one of each byte, so the deadline is what ends an answer that drips. */
    private byte[] bytes(HttpExecuteResponse response) throws IOException {
        Deadline deadline = Deadline.after(timeout);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Optional<AbortableInputStream> there = response.responseBody();
        if (there.isEmpty()) {
            return new byte[0];
        }
        byte[] some = new byte[8192];
        try (InputStream body = there.get()) {
            for (int read = body.read(some); read >= 0; read = body.read(some)) {
                all.write(some, 0, read);
                if (all.size() > MOST_BYTES || deadline.isExpired()) {
                    there.get().abort();
                    throw new IOException("ECS answers without an end");
                }
            }
        }
        return all.toByteArray();
    }

    /** What comes from a proxy in between is no JSON. */
    private Map<?, ?> decoded(byte[] body) {
        try {
            return json.decode(body, Map.class);
        } catch (JsonException e) {
            return Map.of();
        }
    }

    private TaskStatus status(Map<?, ?> answer) throws IOException {
        if (answer.get("tasks") instanceof List<?> tasks
                && !tasks.isEmpty()
                && tasks.get(0) instanceof Map<?, ?> found
                && !text(found, "lastStatus").isEmpty()) {
            return new TaskStatus(
                    text(found, "lastStatus"), text(found, "desiredStatus"), text(found, "stoppedReason"));
        }
        throw new IOException("ECS tells nothing of " + task.arn() + " in " + task.cluster() + ": "
                + (answer.get("failures") instanceof List<?> failures && !failures.isEmpty()
                        ? failures.get(0)
                        : "no task is in its answer"));
    }

    private TaskStatus refused(Map<?, ?> answer, HttpExecuteResponse response) throws IOException, DeniedException {
        String type = text(answer, "__type");
        String code = type.substring(type.indexOf('#') + 1);
        String said = response.httpResponse().statusCode() + " " + code + ": "
                + text(answer, answer.containsKey("message") ? "message" : "Message");
        if (code.startsWith("AccessDenied")) {
            throw new DeniedException(said + " (expected: the task's role has ecs:DescribeTasks on " + task.arn()
                    + ", which the Terraform module gives it with route.sockets)");
        }
        throw new IOException("ECS answers " + said);
    }

    private static String text(Map<?, ?> object, String name) {
        return object.get(name) instanceof String text ? text : "";
    }

    @Override
    public void close() {
        ExecutableHttpRequest call = running;
        if (call != null) {
            call.abort();
        }
        http.close();
        credentials.close();
    }
}
