package dev.chassis.http.internal;

/**
 * A request target that does not begin with a slash (RFC 9112, section 3.2).
 *
 * @param pathAndQuery what is routed; {@code *} for the asterisk form
 * @param authority of the absolute form, else empty
 */
record Target(String pathAndQuery, String authority) {

    private static final String AUTHORITY_MARKS = "-._~%!$&'()*+;=:[]";

    static Target parse(String method, String sent) {
        if (sent.equals("*") && method.equals("OPTIONS")) {
            return new Target(sent, "");
        }
        if (method.equals("CONNECT")) {
            throw new Refusal(501, RefusedBecause.UNSUPPORTED, "This is not a proxy.");
        }
        int start = afterScheme(sent);
        if (start < 0 || !isVisible(sent)) {
            throw refused();
        }
        int end = endOfAuthority(sent, start);
        String authority = sent.substring(start, end);
        if (authority.isEmpty() || !isAuthority(authority)) {
            throw refused();
        }
        String rest = sent.substring(end);
        return new Target(rest.startsWith("/") ? rest : "/" + rest, authority);
    }

    static Refusal refused() {
        return Refusal.malformed("The request target is neither a path nor an absolute http or https URI.");
    }

    /** Percent-encoding is the client's duty (RFC 3986, section 2); a fragment is never sent (RFC 9110, section 7.1). */
    static boolean isVisible(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }

    /** {@code host [":" port]} without user info; which of its characters stand where does not matter to us. */
    static boolean isAuthority(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!letterOrDigit && AUTHORITY_MARKS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    private static int afterScheme(String sent) {
        if (sent.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return sent.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    private static int endOfAuthority(String sent, int start) {
        for (int i = start; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return sent.length();
    }
}
