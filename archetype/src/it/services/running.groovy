import com.sun.net.httpserver.HttpServer
import groovy.json.JsonSlurper

def java() {
    new File(System.getProperty('java.home'), 'bin/java').path
}

/** In production it does not start without addresses, and names each. */
def wantsAddresses(File service) {
    def (status, output) = run(service, [:], ['-jar', "target/${service.name}.jar", '--check-config'])
    assert status == 78: output
    assert ['chassis.jdbc.url', 'chassis.redis.url', 'chassis.hazelcast.members', 'chassis.rabbit.addresses'].every { output.contains(it) }: output
}

/** The AOT cache as the image records and uses it. */
def cacheFits(File service) {
    def flags = ['@deploy/jvm.args']
    def train = ['-jar', "target/${service.name}.jar", '--train']
    def (recorded, first) = run(service, [:], flags + '-XX:AOTCacheOutput=target/app.aot' + train)
    assert recorded == 0 && first.contains('trained with'): first
    def (fits, refusal) = run(service, [:], flags + ['-XX:AOTMode=on', '-XX:AOTCache=target/app.aot', '-jar', "target/${service.name}.jar", '--version'])
    assert fits == 0: refusal
    def (used, again) = run(service, [:], flags + ['-XX:AOTMode=on', '-XX:AOTCache=target/app.aot'] + train)
    assert used == 0 && again.contains('"archive":"aot"'): again
}

/** The environment of the task that Terraform makes, with something for each secret, is a configuration without a problem. */
def takesItsEnvironment(File service, Map call) {
    def (status, output) = run(service, environment(call), ['-jar', "target/${service.name}.jar", '--check-config'])
    assert status == 0: "$call.directory: $output"
}

/**
 * With the environment of its task and the task's own metadata, as ECS would run it in 512 MiB: the sum of what the JVM may need fits, and
 * nothing contradicts the platform.
 */
def fitsIntoTheSmallestTask(File service, Map call) {
    assert call.memory == 512
    def container = call.containers[0]
    def agent = HttpServer.create(new InetSocketAddress(InetAddress.loopbackAddress, 0), 0)
    agent.createContext('/v4/task') { exchange ->
        def answer = exchange.requestURI.path == '/v4/task' ?
            [Name: container.name, Limits: [CPU: 256], LogDriver: container.logConfiguration.logDriver, LogOptions: container.logConfiguration.options] :
            [Cluster: 'pilot', TaskARN: 'arn:aws:ecs:us-east-1:123456789012:task/pilot/0e5f', Limits: [CPU: 0.25, Memory: call.memory], LaunchType: 'FARGATE']
        def body = groovy.json.JsonOutput.toJson(answer).bytes
        exchange.sendResponseHeaders(200, body.length)
        exchange.responseBody.withCloseable { it.write(body) }
    }
    agent.start()
    try {
        def told = environment(call) + [ECS_CONTAINER_METADATA_URI_V4: "http://127.0.0.1:$agent.address.port/v4/task", CHASSIS_HTTP_PORT: '0', CHASSIS_ADMIN_PORT: '0']
        // The share of the heap is one of the task's memory, here of what the JVM is told to take for it.
        def process = start(service, told, ["-XX:MaxRAM=${call.memory}m", '@deploy/jvm.args', '-jar', "target/${service.name}.jar"])
        def lines = []
        process.inputStream.eachLine {
            lines << it
            if (it.contains('"event":"memory"')) process.toHandle().destroy() // SIGTERM; destroy() of the process closes its output, too
        }
        assert process.waitFor() == 0: lines.join('\n')
        def events = lines.findAll { it.startsWith('{') }.collect { new JsonSlurper().parseText(it) }
        def memory = events.find { it.event == 'memory' }
        assert memory.level == 'INFO' && memory.limit_bytes == 512 * 1024 * 1024 && memory.total_bytes <= memory.limit_bytes: memory
        assert !events.any { it.event == 'deployment_lint' }: lines.join('\n')
        assert events.find { it.event == 'drain_report' }.verdict == 'clean'
    } finally {
        agent.stop(0)
    }
}

/** Everything that Terraform tells the container; a secret gets what fits its name. */
def environment(Map call) {
    def secret = { name ->
        name.endsWith('JDBC_URL') ? "jdbc:${call.answers.database == 'mysql' ? 'mariadb' : 'postgresql'}://database.example.com:5432/orders" :
        name.endsWith('REDIS_URL') ? 'rediss://cache.example.com:6379' :
        name.endsWith('ADDRESSES') || name.endsWith('MEMBERS') ? 'somewhere.example.com:5671' : 'something'
    }
    call.containers[0].environment.collectEntries { [it.name, it.value] } + call.containers[0].secrets.collectEntries { [it.name, secret(it.name)] }
}

def start(File service, Map environment, List arguments) {
    def builder = new ProcessBuilder([java()] + arguments.collect { it.toString() }).directory(service).redirectErrorStream(true)
    builder.environment().keySet().removeIf { it.startsWith('CHASSIS_') || it.startsWith('ECS_') }
    environment.each { name, value -> builder.environment()[name.toString()] = value.toString() }
    builder.start()
}

/** Exit code and output. */
def run(File service, Map environment, List arguments) {
    def process = start(service, environment, arguments)
    def output = process.inputStream.text
    [process.waitFor(), output]
}

this
