output "vpc_id" {
  description = "The VPC."
  value       = aws_vpc.this.id
}

output "public_subnet_ids" {
  description = "Public subnets."
  value       = aws_subnet.public[*].id
}

output "private_subnet_ids" {
  description = "Private subnets."
  value       = aws_subnet.private[*].id
}
