################################################################################
# Registry
################################################################################

resource "aws_ecr_repository" "this" {
  count = var.repository == null ? 0 : 1

  name                 = "${var.environment}/${var.name}"
  image_tag_mutability = "IMMUTABLE"
  tags                 = local.tags

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = var.repository.kms_key_arn == null ? "AES256" : "KMS"
    kms_key         = var.repository.kms_key_arn
  }
}

resource "aws_ecr_lifecycle_policy" "this" {
  count = var.repository == null ? 0 : 1

  repository = aws_ecr_repository.this[0].name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        description  = "Images without a tag go after a day"
        selection    = { tagStatus = "untagged", countType = "sinceImagePushed", countUnit = "days", countNumber = 1 }
        action       = { type = "expire" }
      },
      {
        rulePriority = 2
        description  = "The last ${var.repository.keep} images stay"
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = var.repository.keep }
        action       = { type = "expire" }
      },
    ]
  })
}
