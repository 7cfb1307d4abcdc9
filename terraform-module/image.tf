################################################################################
# Who owns the image. CI writes the parameter after a deployment that worked, so
# that what Terraform renders is what runs.
################################################################################

locals {
  image = local.ci ? aws_ssm_parameter.image[0].insecure_value : var.image
}

resource "aws_ssm_parameter" "image" {
  count = local.ci ? 1 : 0

  name           = "/${var.environment}/${var.name}/image"
  description    = "The image of ${local.id} that was deployed last. Written by CI."
  type           = "String"
  insecure_value = var.image
  tags           = local.tags

  lifecycle {
    ignore_changes = [insecure_value]
  }
}
