import javax.lang.model.SourceVersion

// Properties given on the command line pass every other check by.
def name = request.properties['package']
if (!SourceVersion.isName(name, SourceVersion.RELEASE_17)) {
    new File(request.outputDirectory, request.artifactId).deleteDir()
    throw new IllegalArgumentException("package: \"$name\" (expected: a legal Java package, as com.example.orders); nothing was generated")
}
