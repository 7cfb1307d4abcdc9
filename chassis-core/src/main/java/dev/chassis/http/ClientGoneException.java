package dev.chassis.http;

import java.io.IOException;

/** The connection to the client failed. Marked, because an {@link IOException} in a handler may as well come from a file or a database. */
final class ClientGoneException extends IOException {

    private static final long serialVersionUID = 1L;

    ClientGoneException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
