package dev.chassis.example.games;

/** Somebody who plays. */
record Player(long id, String name) {}
