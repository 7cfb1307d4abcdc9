# The vectors of contract/vectors.json, which JUnit gives to the service.

run "the_vectors_hold" {
  command = plan

  module {
    source = "./tests/contract"
  }

  assert {
    condition     = output.count >= 20
    error_message = "only ${output.count} vectors"
  }

  assert {
    condition     = length(output.wrong_rules) == 0
    error_message = jsonencode(output.wrong_rules)
  }

  assert {
    condition     = length(output.wrong_numbers) == 0
    error_message = jsonencode(output.wrong_numbers)
  }

  assert {
    condition     = length(output.wrong_environments) == 0
    error_message = jsonencode(output.wrong_environments)
  }

  assert {
    condition     = length(output.untested_rules) == 0
    error_message = "no vector breaks ${join(", ", output.untested_rules)}"
  }
}
