import javax.lang.model.SourceVersion

// Properties given on the command line pass every other check by.
def given = request.properties
def problems = []
def check = { name, expected, legal ->
    if (!legal) problems << "$name: \"${given[name]}\" (expected: $expected)"
}
check('package', 'a legal Java package, as com.example.orders', SourceVersion.isName(given['package'], SourceVersion.RELEASE_17))
[
    database: ['postgres', 'mysql', 'none'],
    redis: ['true', 'false'],
    hazelcast: ['true', 'false'],
    messaging: ['rabbitmq', 'none'],
].each { name, legal -> check(name, legal[0..-2].join(', ') + ' or ' + legal[-1], given[name] in legal) }

if (problems) {
    removeGenerated(new File(request.outputDirectory, request.artifactId))
    throw new IllegalArgumentException(problems.join('; ') + '; nothing was generated')
}

// The directory may have been there before, with files in it. The pom is the first file that is generated.
def removeGenerated(File service) {
    def began = new File(service, 'pom.xml').lastModified()
    def files = []
    service.eachFileRecurse { files << it }
    files.findAll { it.file && it.lastModified() >= began }*.delete()
    (files.findAll { it.directory }.reverse() + service)*.delete() // which does nothing to one that is not empty
}
