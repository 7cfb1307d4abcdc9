# What only version 6 of the AWS provider has.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "a_canary_of_a_tenth" {
  command = plan

  module {
    source = "./examples/blue-green"
  }
}
