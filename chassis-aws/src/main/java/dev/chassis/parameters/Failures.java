package dev.chassis.parameters;

import dev.chassis.config.ParameterStore.Kind;
import dev.chassis.config.ParameterStore.Reference;
import dev.chassis.config.ParameterStore.Request;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.Map;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Says what was expected of a reference, what came instead, and what to do. Never a value: AWS names parameters only. */
final class Failures {

    private static final Map<Kind, String> ACTIONS = Map.of(
            Kind.SSM, "ssm:GetParameters",
            Kind.PATH, "ssm:GetParametersByPath",
            Kind.SECRET, "secretsmanager:GetSecretValue");

    private Failures() {}

    static String expected(Reference reference, RuntimeException failure, Request request) {
        if (failure instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            return refused(reference, answer);
        }
        if (failure instanceof ApiCallTimeoutException) {
            return late(reference, request);
        }
        return failure instanceof SdkClientException local
                ? unasked(reference, local)
                : reference + " to be readable: " + failure;
    }

    /** Whether it says nothing of what was asked for: the network or AWS is away or late, or we ask too often. */
    static boolean isPassing(RuntimeException failure) {
        if (failure instanceof AwsServiceException answer) {
            return answer.isThrottlingException() || answer.statusCode() >= HttpURLConnection.HTTP_INTERNAL_ERROR;
        }
        return failure instanceof ApiCallTimeoutException
                || failure instanceof SdkClientException && failure.getCause() instanceof IOException;
    }

    /** There is none of this name. */
    static String missing(Reference reference, AwsServiceClientConfiguration client) {
        return reference + (reference.kind() == Kind.PATH ? " to have a parameter below it" : " to exist") + " in "
                + client.region() + "; create it, or correct the name or the region (chassis.parameters.region)";
    }

    static String late(Reference reference, Request request) {
        return "an answer for " + reference + " within " + request.timeout().toMillis()
                + " ms (chassis.parameters.timeout); " + network(reference);
    }

    private static String refused(Reference reference, AwsServiceException answer) {
        String code = answer.awsErrorDetails().errorCode();
        String said = code + ": " + answer.awsErrorDetails().errorMessage();
        if (answer.isThrottlingException()) {
            return "an answer for " + reference + ", which was throttled " + answer.numAttempts() + " times (" + said
                    + "); start fewer tasks at once, or raise the quota of " + ACTIONS.get(reference.kind());
        }
        return reference + " to be readable: " + said + "; " + advice(reference, code);
    }

    private static String advice(Reference reference, String code) {
        return switch (code) {
            case "AccessDeniedException", "AccessDenied" ->
                "allow the task's role " + ACTIONS.get(reference.kind())
                        + " on it, and kms:Decrypt if a key of your own encrypts it";
            case "ResourceNotFoundException" ->
                "create it, or correct the name or the region (chassis.parameters.region)";
            case "ExpiredTokenException", "UnrecognizedClientException", "InvalidSignatureException" ->
                "use credentials that are valid: on ECS those of the task's role";
            case "InvalidKeyId", "DecryptionFailure" ->
                "let the key that encrypts it be enabled, and the task's role have kms:Decrypt";
            default -> "correct the name, or see AWS about this error";
        };
    }

    /** The SDK tells missing regions and credentials by words only. */
    private static String unasked(Reference reference, SdkClientException failure) {
        String said = String.valueOf(failure.getMessage());
        if (said.contains("Unable to load region")) {
            return "a region to read " + reference
                    + " from; set AWS_REGION, which ECS does, or chassis.parameters.region";
        }
        if (said.contains("Unable to load credentials")) {
            return "credentials to read " + reference
                    + " with; give the task definition a task role (taskRoleArn), or on a"
                    + " developer's machine set AWS_PROFILE";
        }
        return "an answer for " + reference + ": " + said + "; " + network(reference);
    }

    private static String network(Reference reference) {
        String service = reference.kind() == Kind.SECRET ? "secretsmanager" : "ssm";
        return "let the task reach " + service
                + " of its region: by a NAT gateway, or a VPC endpoint whose security group takes port 443";
    }
}
