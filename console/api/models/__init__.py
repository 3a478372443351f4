"""What the API sends and takes, one module a resource, read tolerantly."""
