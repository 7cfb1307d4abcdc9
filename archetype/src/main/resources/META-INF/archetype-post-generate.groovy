import javax.lang.model.SourceVersion

// Properties given on the command line pass every other check by.
def given = request.properties
def service = new File(request.outputDirectory, request.artifactId)
def problems = []
def check = { name, expected, legal ->
    if (!legal) problems << "$name: \"${given[name]}\" (expected: $expected)"
}
def anyOf = { values -> values.size() == 1 ? values[0] : values[0..-2].join(', ') + ' or ' + values[-1] }

check('package', 'a legal Java package, as com.example.orders', SourceVersion.isName(given['package'], SourceVersion.RELEASE_17))
[
    database: ['postgres', 'mysql', 'none'],
    redis: ['true', 'false'],
    hazelcast: ['true', 'false'],
    messaging: ['rabbitmq', 'none'],
    websocket: ['true', 'false'],
    kind: ['http', 'worker'],
    ci: ['github', 'jenkins', 'both', 'none'],
].each { name, legal -> check(name, anyOf(legal), given[name] in legal) }
check('team', 'a lower-case letter, then up to 30 letters, digits and hyphens', given['team'] ==~ /[a-z][a-z0-9-]{0,30}/)
check('terraformModule', 'a module in git without a version, as git::https://git.example.com/chassis.git//terraform-module',
    given['terraformModule'] ==~ /git::[^\s"?$%\\]+/)
if (given['kind'] == 'worker' && given['messaging'] == 'none') {
    problems << 'messaging: "none" (expected: rabbitmq with kind=worker, which would have nothing to work on)'
}
if (given['kind'] == 'worker' && given['websocket'] == 'true') {
    problems << 'websocket: "true" (expected: false with kind=worker, which serves nothing that a client could connect to)'
}

// CPU units to MiB, as Fargate has them: "Task CPU and memory", Amazon ECS Developer Guide.
def sizes = [
    256: [512, 1024, 2048],
    512: (1..4)*.multiply(1024),
    1024: (2..8)*.multiply(1024),
    2048: (4..16)*.multiply(1024),
    4096: (8..30)*.multiply(1024),
    8192: (4..15)*.multiply(4096),
    16384: (4..15)*.multiply(8192),
]
// What is legal just below and just above, so that nobody has to look the table up.
def nearest = { text, legal ->
    def asked = text ==~ /[0-9]{1,9}/ ? text as int : 0
    anyOf([legal.findAll { it < asked }.max(), legal.findAll { it > asked }.min()].findAll())
}
def isOf = { text, legal -> text ==~ /[1-9][0-9]{0,8}/ && (text as int) in legal }
def cpu = given['cpu']
def memory = given['memory']
check('cpu', nearest(cpu, sizes.keySet()) + ' units', isOf(cpu, sizes.keySet()))
if (isOf(cpu, sizes.keySet())) {
    check('memory', nearest(memory, sizes[cpu as int]) + " MiB with cpu=$cpu", isOf(memory, sizes[cpu as int]))
}

if (problems) {
    removeGenerated(service)
    throw new IllegalArgumentException(problems.join('; ') + '; nothing was generated')
}
['push', 'roll'].collect { new File(service, "deploy/$it") }.findAll { it.file }.each { it.setExecutable(true, false) }

// The directory may have been there before, with files in it. The pom is the first file that is generated.
def removeGenerated(File service) {
    def began = new File(service, 'pom.xml').lastModified()
    def files = []
    service.eachFileRecurse { files << it }
    files.findAll { it.file && it.lastModified() >= began }*.delete()
    (files.findAll { it.directory }.reverse() + service)*.delete() // which does nothing to one that is not empty
}
