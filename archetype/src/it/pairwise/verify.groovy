import groovy.json.JsonSlurper
import javax.tools.DiagnosticCollector
import javax.tools.ToolProvider
import org.yaml.snakeyaml.LoaderOptions
import org.yaml.snakeyaml.Yaml

def compiler = ToolProvider.systemJavaCompiler
def yaml = { file -> new Yaml(new LoaderOptions(allowDuplicateKeys: false)).load(file.text) }

// Every Java file can be parsed, its lines are not too long, and it imports nothing for nothing.
def checkJava = { File file ->
    def problems = new DiagnosticCollector()
    def files = compiler.getStandardFileManager(problems, null, null)
    compiler.getTask(null, files, problems, ['-proc:none'], null, files.getJavaFileObjects(file)).parse().size()
    assert problems.diagnostics.empty: "$file: ${problems.diagnostics}"
    def text = file.text
    assert text.readLines().every { it.size() <= 120 && it == it.stripTrailing() }: "$file: lines of 120 columns"
    assert !text.contains('\n\n\n') && !(text =~ /\{\n\n/ && !(text =~ /(class|interface) .*\{\n\n/)): "$file: blank lines"
    (text =~ /(?m)^import (?:static )?[\w.]+\.(\w+);/).each { line, name ->
        assert text.findAll(/\b$name\b/).size() > 1: "$file imports $name for nothing"
    }
}

// Actions are pinned by commit, each job says what it may do, nobody uses a key.
def checkWorkflow = { File file ->
    def flow = yaml(file)
    assert flow.permissions == [:] && flow.jobs.values().every { it.permissions && it['timeout-minutes'] }: "$file: least privilege"
    def used = flow.jobs.values()*.steps.flatten()*.uses.findAll()
    assert used && used.every { it ==~ /[\w-]+\/[\w-]+@[0-9a-f]{40}/ }: "$file: pinned by commit: $used"
    assert !file.text.contains('secrets.'): "$file: no stored key"
    assert flow.jobs.production.needs == 'staging' && flow.jobs.staging.needs == 'image'
    assert file.text.contains('deploy/roll "$ECS_CLUSTER"'): "$file: tokens survive"
}

def checkCompose = { File service, Map answers ->
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
}

def checkDockerfile = { File service ->
    def lines = new File(service, 'Dockerfile').readLines()
    def lists = lines.findAll { it =~ /^(RUN|ENTRYPOINT|    CMD) / }.collect { new JsonSlurper().parseText(it.substring(it.indexOf('['))) }
    assert lists.size() == 3 && lists.every { it[0] == 'java' }: 'exec form, no shell'
    assert lines.contains('USER 10001:10001') && lines.findAll { it.startsWith('FROM ') }*.contains('${RUNTIME_IMAGE}') == [true, true]
}

def services = basedir.listFiles().findAll { it.name.endsWith('-service') }
assert services.size() == 8
services.each { service ->
    def answers = new JsonSlurper().parse(new File(service, '.chassis/answers.json')).answers
    def files = []
    service.eachFileRecurse { if (it.file) files << it }
    def has = { new File(service, it).file }
    files.each { assert !(it.text =~ /(?m)^\s*#(if|else|elseif|end|set)\b|[$]\{(artifactId|package|schema|team|cpu|memory|kind|ci)\}/): "$it: tokens" }
    files.findAll { it.name.endsWith('.java') }.each(checkJava)
    checkCompose(service, answers)
    checkDockerfile(service)
    assert has('.github/workflows/deliver.yml') == (answers.ci in ['github', 'both'])
    assert has('Jenkinsfile') == (answers.ci in ['jenkins', 'both'])
    assert ['push', 'roll'].every { has("deploy/$it") == (answers.ci != 'none') && (answers.ci == 'none' || new File(service, "deploy/$it").canExecute()) }
    if (has('.github/workflows/deliver.yml')) checkWorkflow(new File(service, '.github/workflows/deliver.yml'))
    if (has('Jenkinsfile')) new GroovyShell().parse(new File(service, 'Jenkinsfile'))
    if (answers.ci != 'none') {
        ['push', 'roll'].each { assert ['bash', '-n', "deploy/$it"].execute(null, service).waitFor() == 0: "deploy/$it" }
    }
    assert has('src/test/java/com/example/' + service.name.replace('-', '') + '/ApplicationTest.java') == (answers.kind == 'http')
    assert files.any { it.name == 'LiveGreetings.java' } == (answers.websocket == 'true')
    new groovy.xml.XmlSlurper().parse(new File(service, 'pom.xml'))
}
true
