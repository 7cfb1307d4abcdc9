package dev.chassis.example.games;

import dev.chassis.http.Filter;
import dev.chassis.http.Handler;
import dev.chassis.http.HttpException;
import dev.chassis.http.Request;
import dev.chassis.http.Response;

/** Lets signed-in players through, attached to the request as its {@link Player}. */
final class SignedIn implements Filter {

    private static final String SCHEME = "Bearer ";

    private final Sessions sessions;

    SignedIn(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public Response filter(Request request, Handler next) throws Exception {
        Player player = request.header("authorization")
                .filter(value -> value.startsWith(SCHEME))
                .flatMap(value -> sessions.player(value.substring(SCHEME.length())))
                .orElseThrow(() ->
                        new HttpException(401, "sign in first: POST /logins").withHeader("www-authenticate", "Bearer"));
        return next.handle(request.with(Player.class, player));
    }
}
