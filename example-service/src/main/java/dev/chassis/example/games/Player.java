package dev.chassis.example.games;

/** Somebody who plays. */
record Player(long id, String name) {

    private static final int MIN_NAME = 2;
    private static final int MAX_NAME = 30;

    /** What a name may be, for messages. */
    static final String NAME = MIN_NAME + " to " + MAX_NAME + " characters, none of them a control character";

    static boolean isName(String name) {
        return name.length() >= MIN_NAME
                && name.length() <= MAX_NAME
                && name.chars().noneMatch(Character::isISOControl);
    }
}
