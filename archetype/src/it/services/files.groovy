import groovy.json.JsonSlurper
import javax.tools.DiagnosticCollector
import javax.tools.ToolProvider

/** What was answered when the service was generated. */
def answers(File service) {
    new JsonSlurper().parse(new File(service, '.chassis/answers.json')).answers
}

/** What is generated for the options, and nothing beside it. */
def expected(Map answers) {
    def java = answers['package'].replace('.', '/')
    def has = [
        Visits: answers.database != 'none',
        GreetingRequests: answers.messaging == 'rabbitmq',
        LiveGreetings: answers.websocket == 'true',
    ].findAll { it.value }.keySet()
    def github = answers.ci in ['github', 'both']
    def jenkins = answers.ci in ['jenkins', 'both']
    def tests = ['Drain'] + (answers.kind == 'http' ? ['Application'] : []) + (has - 'Visits')
    ['.chassis/answers.json', '.dockerignore', '.editorconfig', '.gitignore', 'Dockerfile', 'README.md', 'compose.yaml', 'pom.xml',
        'deploy/jvm.args', 'deploy/terraform/staging/main.tf', 'deploy/terraform/production/main.tf',
        'src/main/resources/application.properties'] +
        ('Visits' in has ? ['src/main/resources/db/migration/V1__visits.sql'] : []) +
        (['Application', 'GreetingConfig', 'Greetings'] + has).collect { "src/main/java/$java/${it}.java".toString() } +
        tests.collect { "src/test/java/$java/${it}Test.java".toString() } +
        (answers.ci == 'none' ? [] : ['deploy/push', 'deploy/roll']) +
        (github ? ['.github/workflows/deliver.yml'] : []) +
        (jenkins ? ['Jenkinsfile'] : [])
}

/** Words of what was not asked for. */
def foreign(Map answers) {
    (answers.database == 'none' ? ['hikari', 'flyway', 'jdbc', 'postgres', 'mariadb', 'mysql'] : []) +
        (answers.database == 'postgres' ? ['mariadb', 'mysql'] : []) +
        (answers.database == 'mysql' ? ['postgres'] : []) +
        (answers.redis == 'false' ? ['redis', 'lettuce'] : []) +
        (answers.hazelcast == 'false' ? ['hazelcast'] : []) +
        (answers.messaging == 'none' ? ['rabbit'] : []) +
        (answers.websocket == 'false' ? ['websocket', 'departure', 'chassis-aws'] : [])
}

/** Production differs from staging in names and in the number of tasks. */
def checkDifference(File service) {
    def lines = { environment, name ->
        new File(service, "deploy/terraform/$environment/main.tf").readLines()
            *.replaceAll("\\b($environment|$name)\\b", 'ENVIRONMENT')*.replaceAll(/min = \d, max = \d|MAX_TASKS = "\d"/, 'TASKS')
    }
    assert lines('staging', 'staging') == lines('production', 'prod'): service
}

def check(File service) {
    def answers = answers(service)
    def files = []
    service.eachFileRecurse { if (it.file && !service.toPath().relativize(it.toPath()).startsWith('target')) files << it }
    def names = files.collect { service.toPath().relativize(it.toPath()).toString().replace('\\', '/') }
    assert names as Set == expected(answers) as Set: service
    assert !new File(service, 'src/main/resources/db').exists() || answers.database != 'none': 'no empty directory'
    files.each { file ->
        assert !(file.text =~ /(?m)^\s*#(if|else|elseif|end|set)\b|[$]\{(artifactId|package|schema|team|cpu|memory|kind|ci|name|terraformModule)\}/): "$file: tokens"
        if (file.parentFile.name != '.chassis') {
            assert foreign(answers).every { !file.text.toLowerCase().contains(it) }: "$file has something that was not asked for"
        }
    }
    files.findAll { it.name.endsWith('.java') }.each { checkJava(it) }
    checkDifference(service)
    assert new File(service, '.gitignore').text.contains('target/'): '.gitignore arrives'
    assert new File(service, 'src/main/resources/application.properties').text.startsWith('#'): 'comments survive'
    checkPom(new groovy.xml.XmlSlurper().parse(new File(service, 'pom.xml')), answers)
}

def checkPom(pom, Map answers) {
    def drivers = [postgres: ['HikariCP', 'postgresql', 'flyway-database-postgresql'], mysql: ['HikariCP', 'mariadb-java-client', 'flyway-mysql'], none: []]
    def wanted = drivers[answers.database] +
        (answers.redis == 'true' ? ['lettuce-core'] : []) +
        (answers.hazelcast == 'true' ? ['hazelcast'] : []) +
        (answers.messaging == 'rabbitmq' ? ['chassis-messaging'] : []) +
        (answers.websocket == 'true' ? ['chassis-aws', 'chassis-websocket'] : [])
    assert pom.dependencies.dependency.artifactId*.text().containsAll(wanted)
}

/** Every Java file can be parsed, its lines are not too long, and it imports nothing for nothing. */
def checkJava(File file) {
    def compiler = ToolProvider.systemJavaCompiler
    def problems = new DiagnosticCollector()
    def sources = compiler.getStandardFileManager(problems, null, null)
    compiler.getTask(null, sources, problems, ['-proc:none'], null, sources.getJavaFileObjects(file)).parse().size()
    assert problems.diagnostics.empty: "$file: ${problems.diagnostics}"
    def text = file.text
    assert text.readLines().every { it.size() <= 120 && it == it.stripTrailing() }: "$file: lines of 120 columns"
    assert !text.contains('\n\n\n') && !(text =~ /\{\n\n/ && !(text =~ /(class|interface) .*\{\n\n/)): "$file: blank lines"
    (text =~ /(?m)^import (?:static )?[\w.]+\.(\w+);/).each { line, name ->
        assert text.findAll(/\b$name\b/).size() > 1: "$file imports $name for nothing"
    }
}

/** As many tests as there are for the options, and none of them skipped. */
def checkTests(File service) {
    def answers = answers(service)
    def database = answers.database != 'none'
    def application = 2 + (database ? 2 : 0) + (answers.redis == 'true' ? 1 : 0) + (answers.hazelcast == 'true' ? 1 : 0)
    def expected = 1 +
        (answers.kind == 'http' ? application : 0) +
        (answers.messaging == 'rabbitmq' ? 2 : 0) +
        (answers.websocket == 'true' ? (database ? 2 : 1) : 0)
    def reports = new File(service, 'target/surefire-reports').listFiles().findAll { it.name.startsWith('TEST-') }*.text
    def sum = { attribute -> reports.sum { (it =~ "<testsuite [^>]* $attribute=\"(\\d+)\"")[0][1] as int } }
    assert sum('tests') == expected && sum('skipped') == 0 && sum('failures') == 0 && sum('errors') == 0: service
    assert new File(service, "target/${service.name}.jar").file && new File(service, 'target/lib').list().any { it.startsWith('chassis-core-') }
}

this
