import groovy.json.JsonSlurper
import org.yaml.snakeyaml.LoaderOptions
import org.yaml.snakeyaml.Yaml

/** What builds, runs and delivers the service can be read by those who will, and says what was answered. */
def check(File service) {
    def answers = new JsonSlurper().parse(new File(service, '.chassis/answers.json')).answers
    checkCompose(service, answers)
    checkDockerfile(new File(service, 'Dockerfile').readLines())
    checkFlags(new File(service, 'deploy/jvm.args').readLines(), answers)
    def workflow = new File(service, '.github/workflows/deliver.yml')
    def jenkinsfile = new File(service, 'Jenkinsfile')
    if (workflow.file) checkWorkflow(workflow)
    if (jenkinsfile.file) new GroovyShell().parse(jenkinsfile)
    ['push', 'roll'].collect { new File(service, "deploy/$it") }.findAll { it.file }.each {
        assert it.canExecute() && ['bash', '-n', it.path].execute().waitFor() == 0: it
    }
}

def yaml(File file) {
    new Yaml(new LoaderOptions(allowDuplicateKeys: false)).load(file.text)
}

/** Actions are pinned by commit, each job says what it may do, nobody uses a key. */
def checkWorkflow(File file) {
    def flow = yaml(file)
    assert flow.permissions == [:] && flow.jobs.values().every { it.permissions && it['timeout-minutes'] }: "$file: least privilege"
    def used = flow.jobs.values()*.steps.flatten()*.uses.findAll()
    assert used && used.every { it ==~ /[\w-]+\/[\w-]+@[0-9a-f]{40}/ }: "$file: pinned by commit: $used"
    assert !file.text.contains('secrets.'): "$file: no stored key"
    assert flow.jobs.production.needs == 'staging' && flow.jobs.staging.needs == 'image'
    assert file.text.contains('deploy/roll "$ECS_CLUSTER"'): "$file: tokens survive"
}

def checkCompose(File service, Map answers) {
    def compose = yaml(new File(service, 'compose.yaml'))
    def expected = ['service'] as Set
    if (answers.database == 'postgres') expected << 'postgres'
    if (answers.database == 'mysql') expected << 'mariadb'
    if (answers.redis == 'true') expected << 'redis'
    if (answers.hazelcast == 'true') expected << 'hazelcast'
    if (answers.messaging == 'rabbitmq') expected << 'rabbitmq'
    assert compose.services.keySet() == expected
    assert (compose.services.service.depends_on ?: [:]).keySet() == expected - 'service'
    assert compose.services.service.read_only && compose.services.service.mem_limit == "${answers.memory}m"
    assert compose.services.service.cpus * 1024 == (answers.cpu as int)
    assert compose.services.service.containsKey('ports') == (answers.kind == 'http')
}

def checkDockerfile(List lines) {
    def lists = lines.findAll { it =~ /^(RUN|ENTRYPOINT|    CMD) / }.collect { new JsonSlurper().parseText(it.substring(it.indexOf('['))) }
    assert lists.size() == 3 && lists.every { it[0] == 'java' }: 'exec form, no shell'
    assert lists.findAll { '/app/app.jar' in it && '-jar' in it }.every { it[1] == '@/app/jvm.args' }: 'training and running have the same flags'
    assert lines.contains('USER 10001:10001') && lines.findAll { it.startsWith('FROM ') }*.contains('${RUNTIME_IMAGE}') == [true, true]
}

/** Heap and direct buffers leave room for the rest: code, classes, stacks. */
def checkFlags(List lines, Map answers) {
    def value = { pattern -> lines.collect { (it =~ pattern) }.findAll { it.matches() }*.group(1) as List }
    def heap = value(/-XX:MaxRAMPercentage=(\d+)/)
    def direct = value(/-XX:MaxDirectMemorySize=(\d+)m/)
    assert heap.size() == 1 && direct.size() == 1 && lines.count { it ==~ /-XX:\+Use(Serial|G1)GC/ } == 1
    def memory = answers.memory as int
    assert memory * (heap[0] as int) / 100 + (direct[0] as int) <= memory - 170: 'heap and direct buffers leave 170 MiB'
}

this
