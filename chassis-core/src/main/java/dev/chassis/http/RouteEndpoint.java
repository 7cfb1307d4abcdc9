package dev.chassis.http;

import dev.chassis.context.Correlation;
import dev.chassis.http.internal.Endpoint;
import dev.chassis.http.internal.Exchange;
import java.time.Duration;

/** A route together with the path parameters of one request. */
final class RouteEndpoint implements Endpoint {

    private final String template;
    private final RouteSettings settings;
    private final Handler chain;
    private final Responder responder;
    private final PathParameters parameters;

    RouteEndpoint(
            String template, RouteSettings settings, Handler chain, Responder responder, PathParameters parameters) {
        this.template = template;
        this.settings = settings;
        this.chain = chain;
        this.responder = responder;
        this.parameters = parameters;
    }

    @Override
    public String template() {
        return template;
    }

    @Override
    public boolean onEventLoop() {
        return settings.onEventLoop();
    }

    @Override
    public boolean streaming() {
        return settings.streaming();
    }

    @Override
    public boolean sheddable() {
        return settings.sheddable();
    }

    @Override
    public long maxBodyBytes() {
        return settings.maxBodyBytes();
    }

    @Override
    public Duration timeout() {
        return settings.timeout();
    }

    @Override
    public Response handle(Exchange exchange) {
        Correlation correlation = exchange.correlation();
        if (correlation == Correlation.current()) { // The pipeline has opened it, as it should.
            return respond(exchange);
        }
        try (Correlation.Scope scope = correlation.open()) {
            return respond(exchange);
        }
    }

    @Override
    public Response refuse(Exchange exchange, int status, String detail) {
        return responder.refuse(request(exchange), new HttpException(status, detail));
    }

    private Response respond(Exchange exchange) {
        return responder.respond(request(exchange), chain);
    }

    private Request request(Exchange exchange) {
        return new ServerRequest(exchange, template, parameters, settings.streaming(), responder.json());
    }
}
