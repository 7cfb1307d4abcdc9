assert new File(basedir, 'build.log').text.contains('package: "com.example.orders-service" (expected: a legal Java package')
assert !new File(basedir, 'orders-service').exists(): 'nothing is left of it'
