package dev.chassis.jdbc;

class TrainingMariaDbTest extends TrainingDatabaseTest {

    TrainingMariaDbTest() {
        super(new TrainingMariaDb());
    }
}
