import groovy.json.JsonSlurper

/**
 * What Terraform makes of each service's call of the module, with the service's name. Nothing, said aloud, where there is no Terraform, unless
 * CHASSIS_REQUIRE_SERVERS wants it.
 */
def calls(File basedir, List services) {
    def version = (new File(basedir, 'plain-service/.chassis/answers.json').text =~ /chassis-archetype:([^"]+)"/)[0][1]
    def program = new File(basedir, '../../../../terraform-module/tests/calls').canonicalPath
    def staging = services.collect { "$it.name/deploy/terraform/staging".toString() }
    def output = new StringBuilder()
    def problems = new StringBuilder()
    def process = ([program, version] + staging + 'orders-service/deploy/terraform/production').execute(null, basedir)
    process.waitForProcessOutput(output, problems)
    if (process.exitValue() == 69 && System.getenv('CHASSIS_REQUIRE_SERVERS') != 'true') {
        println "services: TERRAFORM IS NOT CHECKED, $problems"
        return []
    }
    assert process.exitValue() == 0: problems
    def calls = output.readLines().collect { new JsonSlurper().parseText(it) }
    calls.each {
        it.service = it.directory.takeWhile { letter -> letter != '/' }
        it.answers = new JsonSlurper().parse(new File(basedir, "$it.service/.chassis/answers.json")).answers
        check(it, it.answers)
    }
    calls
}

def check(Map call, Map answers) {
    assert call.cpu == (answers.cpu as int) && call.memory == (answers.memory as int): call.directory
    assert call.containers.size() == 1
    def container = call.containers[0]
    assert container.secrets*.name as Set == secrets(answers) as Set: call.directory
    if (answers.kind == 'worker') {
        assert !call.resources.any { it.startsWith('aws_lb') } && container.portMappings == [] : 'nobody asks a worker'
        assert container.healthCheck.command.takeRight(3) == ['dev.chassis.HealthProbe', '8081', '/readyz']
    } else {
        assert 'aws_lb_listener_rule' in call.resources && container.portMappings*.containerPort == [8080]
        assert container.healthCheck == null
    }
}

/** The names of what the service does not start without. */
def secrets(Map answers) {
    (answers.database == 'none' ? [] : ['CHASSIS_JDBC_URL', 'CHASSIS_JDBC_USER', 'CHASSIS_JDBC_PASSWORD']) +
        (answers.redis == 'true' ? ['CHASSIS_REDIS_URL'] : []) +
        (answers.hazelcast == 'true' ? ['CHASSIS_HAZELCAST_MEMBERS', 'CHASSIS_HAZELCAST_CLUSTER_NAME'] : []) +
        (answers.messaging == 'rabbitmq' ? ['CHASSIS_RABBIT_ADDRESSES', 'CHASSIS_RABBIT_USERNAME', 'CHASSIS_RABBIT_PASSWORD'] : [])
}

this
