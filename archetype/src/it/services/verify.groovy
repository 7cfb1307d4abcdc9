// Each of the services: its files and no others, all of them legal, its tests, and what runs of it.
def script = { new GroovyShell().parse(new File(basedir, it)) }
def files = script('files.groovy')
def delivery = script('delivery.groovy')
def built = new groovy.xml.XmlSlurper().parse(new File(basedir, 'services.xml')).modules.module*.text()
def services = basedir.listFiles().findAll { new File(it, 'pom.xml').file }.sort()
assert services.size() == 13 && services*.name.containsAll(built)

services.each { service ->
    files.check(service)
    delivery.check(service)
    if (service.name in built) files.checkTests(service)
}

def readme = { new File(basedir, "$it/README.md") }
assert readme('plain-service').readLines().count { it ==~ /[=-]{4,}/ } == 10: 'the README keeps its headings'
assert ['CHASSIS_JDBC_URL', 'CHASSIS_REDIS_URL', 'CHASSIS_HAZELCAST_MEMBERS', 'CHASSIS_RABBIT_ADDRESSES', 'orders_service'].every { readme('orders-service').text.contains(it) }
assert readme('alone').text.contains('ws://localhost:8080/live')
assert new File(basedir, 'live/src/test/java/com/example/live/LiveGreetingsTest.java').text.contains('otherTask'): 'two tasks, where there is a bus'
assert new File(basedir, 'billing/src/main/java/com/example/billing/Visits.java').text.contains('billing_service.visits'): 'a schema whose name is never a word of SQL'
assert new File(basedir, 'money/pom.xml').text.contains('<version>2.0.0</version>')

// The example is not generated, and its image is built as if it were.
['Dockerfile', '.dockerignore', 'deploy/jvm.args'].each {
    def example = new File(basedir, "../../../../example-service/$it")
    assert example.text == new File(basedir, "orders-service/$it").text.replace('orders-service', 'example-service'): "$example is what the archetype makes of the same options"
}

script('running.groovy').with {
    if ('orders-service' in built) wantsAddresses(new File(basedir, 'orders-service'))
    // Only the JVM of the image knows the flags of deploy/jvm.args.
    if (Runtime.version().feature() >= 25) {
        cacheFits(new File(basedir, 'plain-service'))
        def calls = script('terraform.groovy').calls(basedir, services)
        calls.each { call -> if (call.service in built) takesItsEnvironment(new File(basedir, call.service), call) }
        if (calls) fitsIntoTheSmallestTask(new File(basedir, 'alone'), calls.find { it.service == 'alone' })
    }
}
true
