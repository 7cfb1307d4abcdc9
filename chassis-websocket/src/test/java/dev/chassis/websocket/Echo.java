package dev.chassis.websocket;

import dev.chassis.http.Handler;
import dev.chassis.http.Request;
import dev.chassis.http.Response;

/** Sends back what comes, of either kind. */
final class Echo implements Handler {

    private final WebSocketEndpoint<Object> endpoint;

    Echo(WebSockets sockets) {
        endpoint = sockets.any((session, message) ->
                Reply.send(message instanceof byte[] bytes ? Message.binary(bytes) : Message.text((String) message)));
    }

    @Override
    public Response handle(Request request) throws Exception {
        return endpoint.handle(request);
    }
}
