package dev.chassis.logging;

/**
 * How much of what is long may stay on a line: at first all, then less and less, until the line fits. Stacks give way first, then values,
 * then the message. Immutable.
 *
 * @param stack the most bytes of a stack
 * @param value the most bytes of each value
 * @param msg the most bytes of the message
 * @param fields the most fields
 */
record Cut(int stack, int value, int msg, int fields) {

    private static final int LEAST_STACK = 512;
    private static final int LEAST_VALUE = 64;
    private static final int LEAST_MSG = 512;
    private static final int SHORT_STACK = 2_048;

    static Cut none(int budget) {
        return new Cut(budget, budget, budget, Integer.MAX_VALUE);
    }

    /** What to try next. */
    Cut tighter(int budget) {
        if (stack > SHORT_STACK) {
            return new Cut(SHORT_STACK, value, msg, fields);
        }
        if (value > LEAST_VALUE) {
            int half = Math.max(LEAST_VALUE, value / 2);
            return new Cut(stack, half, Math.max(Math.min(msg, half), budget / 4), fields);
        }
        if (msg > LEAST_MSG) {
            return new Cut(LEAST_STACK, value, LEAST_MSG, 16);
        }
        return new Cut(0, value, LEAST_MSG, 0);
    }

    boolean isTightest() {
        return fields == 0;
    }
}
